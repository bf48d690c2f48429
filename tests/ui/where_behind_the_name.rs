use chainrule::prelude::*;

network! { Net<T> where T: Scalar: 2 => Affine => Relu => 3 }

fn main() {}
