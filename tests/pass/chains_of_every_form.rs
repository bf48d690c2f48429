use chainrule::prelude::*;

network! { ActivationFirst: 2 => Tanh => Affine => 3 }
network! { ActivationTwice: 2 => Affine => Relu => Tanh => 3 => Sigmoid => Affine => 1 }
network! { NoHiddenLayer: 2 => Affine => SoftmaxLoss => 3 }
network! { Asserted: 2 => 2 => Affine => 3 => 3 => Relu => 3 => Affine => 1 => 1 }
network! { WidthBeforeLoss: 2 => Affine => 3 => SoftmaxLoss => 3 }
network! { LossWithoutWidth: 2 => Affine => 3 => SoftmaxLoss }
network! { NoParameters: 2 => Softmax }
network! { Underscored: 1_0 => Affine => 0x10 }
network! { SoftmaxInside: 2 => Affine => Softmax => 3 => Affine => SoftmaxLoss => 3 }

fn main() {
    assert_eq!((ActivationFirst::PARAMS, ActivationTwice::PARAMS, NoHiddenLayer::PARAMS), (9, 13, 9));
    assert_eq!((Asserted::PARAMS, WidthBeforeLoss::PARAMS, LossWithoutWidth::PARAMS), (13, 9, 9));
    assert_eq!((NoParameters::PARAMS, Underscored::INPUT, Underscored::OUTPUT), (0, 10, 16));
    assert_eq!(SoftmaxInside::PARAMS, 21);
}
