use chainrule::prelude::*;

network! { #[derive(Clone)] Net: 4 => Affine => Relu => 3 }

fn main() {}
