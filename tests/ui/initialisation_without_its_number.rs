use chainrule::network;

network! { Curve: 1 => Affine(init = Normal) => 1 }

fn main() {}
