use chainrule::network;

network! { 784 => Affine => 10 }

fn main() {}
