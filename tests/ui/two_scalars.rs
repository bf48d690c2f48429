use chainrule::network;

network! { Mnist<T, U>: 784 => Affine => 10 }

fn main() {}
