use chainrule::prelude::*;

const SLOPE: f32 = 0.2;
const DELTA: f64 = 2.0;

network! {
    Positional: 2 => Affine(XavierNormal) => LeakyRelu(0.1) => 3 => Affine(Normal(0.01)) => Elu(2) => HuberLoss(1) => 2
}
network! {
    Named: 2 => Affine(init = HeUniform) => LeakyRelu(slope = SLOPE) => 3 => Affine(init = Constant(-0.5)) => Elu => 2
}
network! { Least: 2 => Affine(init = Normal(0.0)) => LeakyRelu(0) => 3 }
network! { Generic<T>: 2 => Affine => Elu(alpha = DELTA) => HuberLoss(delta = DELTA) => 2 }

fn main() {
    let mut network = Named::new();
    network.init(1);
    assert!(network.affine2.weight.iter().all(|&w| w == -0.5));
    assert_eq!((Positional::PARAMS, Least::PARAMS, Generic::<f64>::PARAMS), (17, 9, 6));
}
