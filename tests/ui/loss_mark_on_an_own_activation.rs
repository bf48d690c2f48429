use chainrule::prelude::*;

activation! { pub Wave(x) = sin(x) }

network! { Net: 4 => Affine => #[loss] Wave => 3 }

fn main() {}
