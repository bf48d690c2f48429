use chainrule::network;

const DELTA: &str = "1.0";

network! { Curve: 1 => Affine => HuberLoss(DELTA) => 1 }

fn main() {}
