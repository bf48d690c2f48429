use chainrule::network;

network! { Curve: 1 => Affine(init = KaimingNormal) => 1 }

fn main() {}
