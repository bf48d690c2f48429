use chainrule::prelude::*;

network! { Net: 4 => Affine => HingeLoss => 1 }

fn main() {}
