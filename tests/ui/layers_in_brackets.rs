use chainrule::network;

network! { Mnist: 784 => [Affine, Relu] => 10 }

fn main() {}
