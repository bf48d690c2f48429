//! The networks of all programs.

use chainrule::nalgebra::{Vector1, Vector2};
use chainrule::prelude::*;

network! {
    /// Exclusive or: 1 where exactly one of two inputs is 1.
    #[budget(flash = 132, ram = 1 KiB)]
    pub Xor: 2 => Affine => Tanh => 8 => Affine => SigmoidLoss => 1
}

/// All there is to learn of exclusive or.
pub static INPUTS: [Vector2<f32>; 4] =
    [Vector2::new(0.0, 0.0), Vector2::new(0.0, 1.0), Vector2::new(1.0, 0.0), Vector2::new(1.0, 1.0)];
/// What is right for each input.
pub static TARGETS: [Vector1<f32>; 4] = [Vector1::new(0.0), Vector1::new(1.0), Vector1::new(1.0), Vector1::new(0.0)];

network! {
    /// The characteristic of a sensor: from what is read to what it means.
    pub Curve: 1 => Affine => Tanh => 16 => Affine => MseLoss => 1
}

network! {
    /// From the 784 pixels of an image to the digit it shows.
    #[budget(flash = 156 KiB, ram = 1 KiB)]
    pub Digits: 784 => Affine => Relu => 50 => Affine => SoftmaxLoss => 10
}

network! {
    /// The same, with what it sees in an image kept as it is and what it makes of that trained.
    pub Adapting: 784 => #[frozen] Affine => Relu => 50 => Affine => SoftmaxLoss => 10
}
