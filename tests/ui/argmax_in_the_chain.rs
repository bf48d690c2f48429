use chainrule::prelude::*;

network! { Net: 784 => Affine => 10 => ArgMax }

fn main() {}
