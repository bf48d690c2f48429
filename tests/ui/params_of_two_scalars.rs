use chainrule::layer_prelude::*;

#[derive(Params)]
#[repr(C)]
struct Gain {
    a: SVector<f32, 3>,
    b: SVector<f64, 3>,
}

network! { Scaled: 3 => Gain => 3 => Affine => 1 }

fn main() {}
