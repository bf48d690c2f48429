use chainrule::prelude::*;

network! { Net: 4 => Affine => Sigmoid => BCELoss => 1 }

fn main() {}
