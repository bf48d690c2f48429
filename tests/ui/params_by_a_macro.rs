use chainrule::layer_prelude::*;

macro_rules! vector {
    ($n:literal) => { SVector<f32, $n> };
}

#[derive(Params)]
#[repr(C)]
struct Gain {
    factor: vector!(3),
}

fn main() {}
