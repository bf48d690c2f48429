use chainrule::prelude::*;

network! {
    #[budget(flash = 2 KiB)]
    Net<const N: usize>: N => Affine => 3
}

fn main() {}
