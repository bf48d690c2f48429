use chainrule::layer_prelude::*;
use chainrule_tests_attribute::in_double_precision;

#[derive(Params)]
#[in_double_precision]
#[repr(C)]
struct Gain {
    factor: [f32; 3],
}

fn main() {}
