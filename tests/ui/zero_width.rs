use chainrule::network;

network! { Mnist: 784 => Affine => 0 => Affine => 10 }

fn main() {}
