use chainrule::prelude::*;

activation! { pub WAVE(x) = sin(x) }

network! { Net: 4 => Affine => WAVE => 16 => Affine => MseLoss => 3 }

fn main() {}
