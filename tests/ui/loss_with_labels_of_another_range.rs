use chainrule::prelude::*;

network! { Mnist: 784 => Affine => SoftmaxLoss => 10 }

fn main() {
    let x = [SVector::<f32, 784>::zeros()];
    let _ = Inference::<Mnist, 1>::new().loss(&Mnist::new(), &x, &[Class::<7>::new(3).unwrap()]);
}
