use chainrule::network;

network! { Line: 2 => Affine => 3 => #[loss] Relu => Affine => MseLoss => 1 }

fn main() {}
