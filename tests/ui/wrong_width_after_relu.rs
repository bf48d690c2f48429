use chainrule::network;

network! { Mnist: 784 => Affine => Relu => 50 => Relu => 30 => Affine => 10 }

fn main() {}
