use chainrule::prelude::*;

network! { Net: 4 => Identity => Affine => MseLoss => 3 }

fn main() {}
