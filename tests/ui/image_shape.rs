use chainrule::network;

network! { Mnist: 1x28x28 => Affine => 10 }

fn main() {}
