use chainrule::prelude::*;

activation! { pub CELU(x) = max(x, 0) + min(0, exp(x) - 1) }

network! { Net: 2 => Affine => 8 => CELU => Affine => MseLoss => 1 }

fn main() {}
