use chainrule::prelude::*;

network! {
    #[budget(flash = 160 KiB, ram = 100)]
    Digits: 784 => Affine => Relu => 50 => Affine => SoftmaxLoss => 10
}

fn main() {}
