use chainrule::budget::{Budget, WithinBudget};
use chainrule::prelude::*;
use chainrule::typenum::consts::U10;

struct Tiny;

impl Budget for Tiny {
    type Params = U10;
}

fn deploy<N: WithinBudget<Tiny>>(_: &N) {}

network! {
    #[budget(flash = 1, ram = 1)]
    Xor: 2 => Afine => Tanh => 8 => Affine => SigmoidLoss => 1
}

static XOR: Xor = Xor::from_array([0.0; 33]);
static SAVED: Xor = chainrule::include_network!(Xor, "../saved/xor.bin");

fn main() {
    deploy(&XOR);
    deploy(&SAVED);
}
