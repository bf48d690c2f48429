use chainrule::network;

network! { Mnist<const N: usize, const N: usize>: N => Affine => 10 }

fn main() {}
