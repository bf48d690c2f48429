use chainrule::prelude::*;

network! {
    #[repr(align(64))]
    Line: 1 => Affine => MseLoss => 1
}

fn main() {}
