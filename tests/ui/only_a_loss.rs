use chainrule::network;

network! { Mnist: 10 => SoftmaxLoss => 10 }

fn main() {}
