use chainrule::prelude::*;

const HIDDEN: usize = 50;
const CLASSES: usize = 10;

network! { Net: 784 => Affine => HIDDEN => CLASSES }

fn main() {}
