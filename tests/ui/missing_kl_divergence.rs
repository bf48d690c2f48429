use chainrule::prelude::*;

network! { Net: 4 => Affine => KLDivLoss => 3 }

fn main() {}
