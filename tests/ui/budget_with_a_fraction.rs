use chainrule::prelude::*;

network! { #[budget(ram = 1.5 KiB)] Net: 4 => Affine => Relu => 3 }

fn main() {}
