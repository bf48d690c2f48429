use chainrule::prelude::*;

network! { MLP: 16 => Affine => 16 }

network! { Net: 784 => Affine => MLP => Affine => 10 }

fn main() {}
