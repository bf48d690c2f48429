use chainrule::network;

network! { Mnist: Affine => 50 => Affine => 10 }

fn main() {}
