use chainrule::network;

network! { Mnist: 784 => Affine => 50.0 => Affine => 10 }

fn main() {}
