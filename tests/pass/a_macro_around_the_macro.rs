use chainrule::prelude::*;

macro_rules! classifier {
    ($name:ident, $hidden:literal, $activation:ident, $classes:expr) => {
        network! { $name: 4 => Affine => $activation => $hidden => Affine => SoftmaxLoss => 3 }
        const _: usize = $classes;
    };
}

classifier!(Iris, 8, Relu, 3);

fn main() {
    assert_eq!(Iris::PARAMS, 67);
}
