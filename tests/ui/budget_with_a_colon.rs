use chainrule::prelude::*;

network! { #[budget(flash: 2 KiB)] Net: 4 => Affine => Relu => 3 }

fn main() {}
