use chainrule::prelude::*;

activation! {
    First(x) = sin(x)
    Second(x) = cos(x)
}

fn main() {}
