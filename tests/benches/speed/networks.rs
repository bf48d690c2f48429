//! The networks that are measured.

use chainrule::prelude::*;

network! { pub Digits: 784 => Affine => Relu => 50 => Affine => SoftmaxLoss => 10 }
network! { pub WideDigits: 784 => Affine => Relu => 512 => Affine => Relu => 512 => Affine => SoftmaxLoss => 10 }
network! { pub Small: 16 => Affine => Relu => 64 => Affine => Relu => 64 => Affine => SoftmaxLoss => 4 }
network! { pub SmallTanh: 16 => Affine => Tanh => 64 => Affine => Tanh => 64 => Affine => SoftmaxLoss => 4 }
network! { pub Tiny: 4 => Affine => Relu => 16 => Affine => Relu => 16 => Affine => SoftmaxLoss => 2 }
network! { pub TinyTanh: 4 => Affine => Tanh => 16 => Affine => Tanh => 16 => Affine => SoftmaxLoss => 2 }
