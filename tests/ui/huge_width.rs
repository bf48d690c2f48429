use chainrule::network;

network! { Mnist: 784 => Affine => 50000000000 => Affine => 10 }

fn main() {}
