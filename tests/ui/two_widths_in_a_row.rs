use chainrule::network;

network! { Mnist: 784 => 50 => Affine => 10 }

fn main() {}
