use chainrule::network;

network! { Curve: 1 => Affine => HuberLoss => 1 }

fn main() {}
