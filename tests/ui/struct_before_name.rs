use chainrule::network;

network! { pub struct Mnist: 784 => Affine => 10 }

fn main() {}
