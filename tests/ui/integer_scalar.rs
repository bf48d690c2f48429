use chainrule::network;

network! { Mnist<i32>: 784 => Affine => 10 }

fn main() {}
