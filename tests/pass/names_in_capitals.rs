//! A name in capitals is a width, unless it stands beside a number or is marked as a layer.
#![allow(non_camel_case_types, clippy::upper_case_acronyms)]

use chainrule::prelude::*;

const HIDDEN: usize = 5;
const RELU: usize = 6;
const GRÖSSE: usize = 7;
const ŒUVRE: usize = 8;

activation! { pub CELU(x) = max(x, 0) + min(0, exp(x) - 1) }
activation! { pub RBF(x) = exp(-(x * x)) }
loss! { pub MAE(y, d) = abs(y - d) }

network! { MLP: 4 => Affine => Relu => 3 }
network! { NN<f32>: 3 => Affine => Tanh => 3 }
network! { Größe: 2 => Affine => Relu => GRÖSSE => Affine => ŒUVRE => Affine => MseLoss => 1 }

network! { BesideNumbers: 8 => Affine => 4 => MLP => 3 => NN => RBF => 3 => Affine => SoftmaxLoss => 2 }
network! { Marked: 4 => Affine => HIDDEN => #[layer] RBF => #[layer] CELU => Affine => #[loss] MAE => 2 }
network! { ByPath: 2 => Affine => 8 => self::CELU => Affine => MseLoss => 1 }
network! { Frozen: 4 => #[frozen] MLP => 3 => Affine => MseLoss => 1 }
network! { LikeALayer: 4 => Affine => Relu => RELU => Affine => MseLoss => 1 }

fn main() {
    assert_eq!(BesideNumbers::PARAMS, 36 + 15 + 12 + 8);
    assert_eq!(Marked::PARAMS, 25 + 12);
    assert_eq!(Größe::new().affine2.weight.shape(), (8, 7));
    assert_eq!(LikeALayer::new().affine2.weight.shape(), (1, 6));
    let _ = (ByPath::new(), Frozen::new());

    // In a function, a layer has no path.
    activation! { GELU(x) = x * sigmoid(1.702 * x) }
    network! { Inner: 2 => Affine => 8 => #[layer] GELU => Affine => MseLoss => 1 }
    assert_eq!(Inner::PARAMS, 33);
}
