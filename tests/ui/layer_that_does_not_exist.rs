use chainrule::network;

network! { Mnist: 784 => Attention => Affine => 10 }

fn main() {}
