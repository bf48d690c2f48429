use chainrule::prelude::*;

network! { Net: 784 => Conv2d(1, 32, kernel_size = 3) => Relu => MaxPool2d(2) => Flatten => Affine => SoftmaxLoss => 10 }

fn main() {}
