use chainrule::prelude::*;

network! { Net: 4 => Dense(16, activation = "relu") => 16 => Affine => MseLoss => 3 }

fn main() {}
