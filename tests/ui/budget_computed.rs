use chainrule::prelude::*;

network! { #[budget(flash = 2 * 1024)] Net: 4 => Affine => Relu => 3 }

fn main() {}
