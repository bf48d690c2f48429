use chainrule::layer_prelude::*;
use chainrule_tests_attribute::add_field;

#[derive(Params)]
#[add_field(extra: &'static str)]
#[repr(C)]
struct Gain<const N: usize> {
    factor: SVector<f64, N>,
}

fn main() {}
