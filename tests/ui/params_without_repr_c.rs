use chainrule::layer_prelude::*;

#[derive(Params)]
struct Gain {
    factor: SVector<f32, 3>,
}

fn main() {}
