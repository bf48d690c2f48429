use chainrule::prelude::*;

network! {
    //! A network.
    Net: 4 => Affine => 4
}

fn main() {}
