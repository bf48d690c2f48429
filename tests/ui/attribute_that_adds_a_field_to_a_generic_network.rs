use chainrule::prelude::*;
use chainrule_tests_attribute::add_field;

network! {
    #[add_field(extra: &'static str)]
    Line<T, const N: usize>: N => Affine => MseLoss => 1
}

fn main() {}
