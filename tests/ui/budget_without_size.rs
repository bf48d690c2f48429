use chainrule::prelude::*;

network! {
    #[budget(flash = small)]
    Net: 2 => Affine => 3
}

fn main() {}
