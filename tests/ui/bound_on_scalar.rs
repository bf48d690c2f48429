use chainrule::network;

network! { Mnist<T: Scalar>: 784 => Affine => 10 }

fn main() {}
