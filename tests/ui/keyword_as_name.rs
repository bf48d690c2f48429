use chainrule::network;

network! { Self: 784 => Affine => 10 }

fn main() {}
