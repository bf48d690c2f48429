use chainrule::network;

network! { Mnist: 784 => Affine => own::Scale => 10 }

fn main() {}
