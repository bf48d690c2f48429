use chainrule::network;

const HIDDEN: u32 = 50;

network! { Auto: 784 => Affine => HIDDEN => Relu => Affine => 784 }

fn main() {}
