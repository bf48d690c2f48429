use chainrule::layer_prelude::*;

#[derive(Params)]
#[repr(C)]
struct Gain {
    factors: Vec<f32>,
}

fn main() {}
