use chainrule::network;

network! { Mnist: 784 => Affine => SoftmaxWithLoss => 10 }

fn main() {}
