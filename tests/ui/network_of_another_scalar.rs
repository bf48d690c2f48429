use chainrule::network;

network! { Encoder<f64>: 784 => Affine => Relu => 32 }
network! { Auto: 784 => Encoder => 32 => Affine => 784 }

fn main() {}
