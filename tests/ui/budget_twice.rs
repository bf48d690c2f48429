use chainrule::prelude::*;

network! {
    #[budget(flash = 1 KiB, ram = 1 KiB, flash = 2 KiB)]
    Xor: 2 => Affine => Tanh => 8 => Affine => SigmoidLoss => 1
}

fn main() {}
