use chainrule::prelude::*;

loss! { pub Tilted(y, d) = max(q * (d - y), (q - 1) * (d - y)) }

fn main() {}
