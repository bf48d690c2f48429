use chainrule::network;

network! { Curve: 1 => Affine => LeakyRelu(0.1, 0.2) => 1 }

fn main() {}
