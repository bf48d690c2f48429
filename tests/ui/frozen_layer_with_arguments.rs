use chainrule::network;

network! { Mnist: 784 => #[frozen] own::Power(3) => Affine => 10 }

fn main() {}
