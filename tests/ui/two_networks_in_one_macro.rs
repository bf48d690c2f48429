use chainrule::prelude::*;

network! {
    First: 4 => Affine => SoftmaxLoss => 3
    pub Second<f64>: 4 => Affine => SoftmaxLoss => 3
}

fn main() {
    let _ = (First::new(), Second::new());
}
