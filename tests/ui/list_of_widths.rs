use chainrule::prelude::*;

network! { Net: [784, 128, 10] }

fn main() {}
