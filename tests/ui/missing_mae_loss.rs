use chainrule::prelude::*;

network! { Net: 4 => Affine => MaeLoss => 3 }

fn main() {}
