use chainrule::prelude::*;

activation! { fn Ramp(x) = x * x }

fn main() {}
