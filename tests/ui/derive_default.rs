use chainrule::prelude::*;

network! { #[derive(Debug, Default)] Net: 4 => Affine => Relu => 3 }

fn main() {}
