use chainrule::prelude::*;

network! { Net<const CLASSES: usize>: 4 => Affine => SoftmaxLoss => CLASSES }

fn main() {
    let _ = Net::<1>::new();
}
