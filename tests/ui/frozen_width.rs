use chainrule::network;

network! { Mnist: 784 => Affine => #[frozen] 50 => Affine => 10 }

fn main() {}
