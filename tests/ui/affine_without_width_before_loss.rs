use chainrule::network;

network! { Mnist: 784 => Affine => SoftmaxLoss }

fn main() {}
