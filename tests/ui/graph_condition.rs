use chainrule::prelude::*;

activation! { pub Ramp(x) = if x > 0 { x } else { 0 } }

fn main() {}
