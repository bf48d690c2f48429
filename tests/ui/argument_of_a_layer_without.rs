use chainrule::network;

network! { Curve: 1 => Affine => 5 => Relu(0.1) => Affine => 1 }

fn main() {}
