use chainrule::network;

network! { Mnist: 28 * 28 => Affine => 10 }

fn main() {}
