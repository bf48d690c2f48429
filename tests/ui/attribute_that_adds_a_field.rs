use chainrule::prelude::*;
use chainrule_tests_attribute::add_field;

network! {
    #[add_field(extra: &'static str)]
    Line<f64>: 1 => Affine => MseLoss => 1
}

fn main() {}
