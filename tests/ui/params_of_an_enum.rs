use chainrule::layer_prelude::*;

#[derive(Params)]
enum Gain {
    None,
}

fn main() {}
