use chainrule::layer_prelude::*;

#[derive(Params)]
#[repr(C, align(64))]
struct Gain {
    factor: SVector<f32, 3>,
}

fn main() {}
