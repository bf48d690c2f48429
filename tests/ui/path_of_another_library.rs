use chainrule::prelude::*;

network! { Net: 784 => nn::Linear(784, 128) => Relu => 128 }

fn main() {}
