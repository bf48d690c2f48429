use chainrule::network;

network! { Mnist: 784 => Affine => Relu }

fn main() {}
