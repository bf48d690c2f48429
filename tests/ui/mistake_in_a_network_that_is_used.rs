use chainrule::prelude::*;

network! { Mnist: Affine => Relu => 50 => Dense => CrossEntropy => 10 }

fn main() {
    let mut network = Mnist::boxed();
    network.init(1);
    let mut training = Training::<Mnist, Sgd<f32>, 1>::boxed(Sgd::new(0.1));
    let _ = training.step(&mut network, &[SVector::<f32, 784>::zeros()], &[Class::<10>::new(7).unwrap()]);
    let _ = network.classify(&SVector::<f32, 784>::zeros(), &mut Inference::<_, 1>::new()).index();
}
