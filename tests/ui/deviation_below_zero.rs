use chainrule::network;

network! { Curve: 1 => Affine(init = Normal(-0.1)) => 1 }

fn main() {}
