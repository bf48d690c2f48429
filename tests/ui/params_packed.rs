use chainrule::layer_prelude::*;

#[derive(Params)]
#[repr(C, packed)]
struct Gain {
    factor: SVector<f32, 3>,
}

fn main() {}
