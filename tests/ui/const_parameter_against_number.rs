use chainrule::network;

network! { Auto<const N: usize>: N => Relu => 30 => Affine => N }

fn main() {}
