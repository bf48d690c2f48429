use chainrule::prelude::*;

activation! { pub Swish(x) = x * sigmoid(beta * x) }

fn main() {}
