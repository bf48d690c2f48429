use chainrule::network;

network! { Curve: 1 => Affine(init = 0.1) => 1 }

fn main() {}
