use chainrule::network;

network! { Mnist: 784 => Affine => 50usize => Affine => 10 }

fn main() {}
