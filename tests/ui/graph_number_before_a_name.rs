use chainrule::prelude::*;

activation! { pub Ramp(x) = 2x }

fn main() {}
