use chainrule::network;

network! { Mnist: 784 => Affine => CrossEntropy => 10 }

fn main() {}
