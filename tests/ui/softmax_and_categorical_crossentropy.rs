use chainrule::prelude::*;

network! { Net: 4 => Affine => Softmax => CategoricalCrossentropy => 3 }

fn main() {}
