use chainrule::network;

network! { Curve: 1 => Affine => HuberLoss(0.0) => 1 }

fn main() {}
