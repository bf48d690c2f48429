use chainrule::prelude::*;

network! { Net<T = f32>: 4 => Affine => MseLoss => 1 }

fn main() {}
