use chainrule::network;

network! { Mnist: 784 => Blend => Affine => 10 }

fn main() {}
