use chainrule::network;

network! { Mnist: 784 => #[frozen] #[frozen] Affine => 50 => Affine => 10 }

fn main() {}
