use chainrule::prelude::*;

network! { Mnist: 784 => Affine => SoftmaxLoss => 10 }
network! { Curve: 1 => Affine => Tanh => 5 => Affine => MseLoss => 1 }

fn main() {
    let mut mnist = Training::<Mnist, Sgd<f32>, 1>::new(Sgd::new(0.1));
    let curve = Training::<Curve, Sgd<f32>, 1>::new(Sgd::new(0.1));
    mnist.gradient_mut().add(curve.gradient());
}
