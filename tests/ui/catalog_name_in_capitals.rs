use chainrule::prelude::*;

network! { Net: 784 => AFFINE => RELU => 50 => AFFINE => SOFTMAXLOSS => 10 }

fn main() {}
