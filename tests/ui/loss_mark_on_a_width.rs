use chainrule::network;

network! { Line: 2 => Affine => MseLoss => #[loss] 1 }

fn main() {}
