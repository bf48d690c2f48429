use chainrule::prelude::*;

network! { Net: 4 => Linear(4, 16) => ReLU => Linear(16, 3) => MSELoss }

fn main() {}
