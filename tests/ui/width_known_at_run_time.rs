use chainrule::prelude::*;

fn main() {
    let n = std::env::args().count();
    network! { Net: n => Affine => Relu => 4 }
}
