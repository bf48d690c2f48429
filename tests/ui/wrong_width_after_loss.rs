use chainrule::network;

network! { Mnist: 784 => Affine => 50 => SoftmaxLoss => 10 }

fn main() {}
