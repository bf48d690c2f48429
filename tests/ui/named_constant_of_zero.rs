use chainrule::network;

const HIDDEN: usize = 0;

network! { Auto: 784 => Affine => HIDDEN => Relu => Affine => 784 }

fn main() {}
