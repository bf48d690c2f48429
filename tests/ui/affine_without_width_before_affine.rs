use chainrule::network;

network! { Mnist: 784 => Affine => Relu => Affine => 10 }

fn main() {}
