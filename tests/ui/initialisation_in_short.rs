use chainrule::prelude::*;

network! { Net: 784 => Affine(init = Xavier) => 128 }

fn main() {}
