use chainrule::prelude::*;

const SCALE: f32 = 2.0;

activation! { pub Ramp(x) = SCALE * x }

fn main() {}
