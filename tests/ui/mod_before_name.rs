use chainrule::prelude::*;

network! { mod Net: 4 => Affine => 4 }

fn main() {}
