use chainrule::prelude::*;

network! { Net: 4 => LSTM => 16 => Affine => MseLoss => 3 }

fn main() {}
