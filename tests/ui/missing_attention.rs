use chainrule::prelude::*;

network! { Net: 784 => Attention => Affine => 10 }

fn main() {}
