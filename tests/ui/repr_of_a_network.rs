use chainrule::prelude::*;

network! { #[repr(align(64))] Net: 4 => Affine => Relu => 3 }

fn main() {}
