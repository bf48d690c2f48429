use chainrule::prelude::*;

network! { Net<const N: usize>: N => Affine => MseLoss => 1 }

fn main() {
    let _ = Net::<0>::new();
}
