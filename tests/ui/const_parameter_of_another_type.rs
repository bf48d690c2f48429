use chainrule::network;

network! { Mnist<const N: u32>: N => Affine => 10 }

fn main() {}
