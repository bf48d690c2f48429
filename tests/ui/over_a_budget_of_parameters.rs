use chainrule::budget::{Budget, WithinBudget};
use chainrule::prelude::*;
use chainrule::typenum::consts::U1000;

struct SensorBoard;

impl Budget for SensorBoard {
    type Params = U1000;
}

fn deploy<N: WithinBudget<SensorBoard>>(_: &N) {}

network! { Digits: 784 => Affine => Relu => 50 => Affine => SoftmaxLoss => 10 }

fn main() {
    deploy(&Digits::new());
}
