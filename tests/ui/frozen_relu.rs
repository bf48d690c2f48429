use chainrule::network;

network! { Mnist: 784 => Affine => 50 => #[frozen] Relu => Affine => 10 }

fn main() {}
