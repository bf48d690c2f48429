use chainrule::prelude::*;

activation! { pub Wave(x) = sin(x) }

network! { Net: 4 => Affine => Wave => 16 => Affine => MseLoss => 3 }

fn main() {}
