use chainrule::prelude::*;

network! { Net: 4 => /** hidden */ Affine => 16 => Affine => MseLoss => 3 }

fn main() {}
