use chainrule::prelude::*;

network! {
    #[budget(flash = 100 KiB)]
    Digits: 784 => Affine => Relu => 50 => Affine => SoftmaxLoss => 10
}

fn main() {}
