use chainrule::prelude::*;

network! { Net: 4 => Affine(init = Normal(deviation = 1.0)) => 3 }

fn main() {}
