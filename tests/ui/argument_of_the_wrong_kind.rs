use chainrule::network;

network! { Curve: 1 => Affine => LeakyRelu("0.1") => 1 }

fn main() {}
