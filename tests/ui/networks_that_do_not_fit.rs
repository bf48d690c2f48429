use chainrule::network;

network! { Encoder: 784 => Affine => Relu => 32 }
network! { Decoder: 30 => Affine => 784 }
network! { Auto: 784 => Encoder => 32 => Decoder => 784 }

fn main() {}
