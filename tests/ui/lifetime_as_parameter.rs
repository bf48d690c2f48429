use chainrule::network;

network! { Mnist<'a>: 784 => Affine => 10 }

fn main() {}
