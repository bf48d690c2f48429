use chainrule::prelude::*;

network! { Mnist: 784 => Affine => SoftmaxLoss => 10 }
network! { Curve: 1 => Affine => Tanh => 5 => Affine => MseLoss => 1 }

fn main() {
    let mut memory = Inference::<Curve, 1>::new();
    let _ = Mnist::new().classify(&SVector::<f32, 784>::zeros(), &mut memory);
}
