use chainrule::prelude::*;

network! { Net: 4 => Affine => hidden_size => Relu => Affine => SoftmaxLoss => 3 }

fn main() {}
