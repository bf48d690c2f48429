use chainrule::prelude::*;

activation! { pub Wave(x) = sin(x) }

network! { Net: 4 => Affine => 3 => #[layer] #[loss] Wave }

fn main() {}
