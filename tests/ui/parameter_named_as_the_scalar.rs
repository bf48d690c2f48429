use chainrule::network;

network! { Mnist<T, const T: usize>: 784 => Affine => 10 }

fn main() {}
