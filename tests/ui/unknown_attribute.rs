use chainrule::network;

network! { Mnist: 784 => #[freeze] Affine => 50 => Affine => 10 }

fn main() {}
