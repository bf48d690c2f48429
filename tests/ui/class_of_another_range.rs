use chainrule::prelude::*;

network! { Mnist: 784 => Affine => SoftmaxLoss => 10 }

fn main() {
    let mut memory = Inference::<Mnist, 1>::new();
    let _: Class<7> = Mnist::new().classify(&SVector::<f32, 784>::zeros(), &mut memory);
}
