use chainrule::network;

network! {
    Mnist: 784 => Afine => 50 => Relu => 30 => Affine(50) => LeakyRelu => 0 => Affine => SoftmaxLoss => 10 => Tanh
}

fn main() {}
