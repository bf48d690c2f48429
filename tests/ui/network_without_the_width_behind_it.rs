use chainrule::network;

network! { Encoder: 784 => Affine => Relu => 32 }
network! { Auto: 784 => Encoder => Affine => 784 }

fn main() {}
