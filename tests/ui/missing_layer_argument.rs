use chainrule::network;

network! { Curve: 1 => Affine => LeakyRelu => 1 }

fn main() {}
