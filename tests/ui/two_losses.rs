use chainrule::network;

network! { Mnist: 784 => Affine => SoftmaxLoss => 10 => MseLoss => 10 }

fn main() {}
