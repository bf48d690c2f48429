use chainrule::network;

network! { Curve: 1 => Affine => HuberLoss(delta 1.0) => 1 }

fn main() {}
