use chainrule::network;

network! { Mnist: 784 => Affine => 10 }
network! { Mnist: 784 => Affine => 20 }

fn main() {}
