use chainrule::network;

const HIDDEN: usize = 50;

network! { Auto: 784 => Affine => HIDDEN => Relu => 30 => Affine => 784 }

fn main() {}
