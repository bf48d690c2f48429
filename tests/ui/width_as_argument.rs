use chainrule::network;

network! { Curve: 1 => Affine(50) => Relu => Affine => 1 }

fn main() {}
