use chainrule::prelude::*;

network! {
    #[budget(rom = 2 KiB)]
    Net: 2 => Affine => 3
}

fn main() {}
