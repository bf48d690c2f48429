use chainrule::network;

network! { Mnist: 784 => Affine => SoftmaxLoss => 10 => Relu }

fn main() {}
