use chainrule::prelude::*;

mod sizes {
    pub const CODE: usize = 3;
    pub const FC: usize = 4;
}

const PIXELS: usize = 6;
const SAME: usize = PIXELS;

network! {
    Auto: PIXELS => Relu => SAME => Affine => sizes::CODE => Affine => Tanh => sizes::FC => Affine => MseLoss => PIXELS
}

fn main() {
    assert_eq!((Auto::INPUT, Auto::OUTPUT), (6, 6));
    assert_eq!(Auto::new().affine1.weight.shape(), (3, 6));
}
