use chainrule::network;

network! { Curve: 1 => Affine => LeakyRelu(slope = 0.1, slope = 0.2) => 1 }

fn main() {}
