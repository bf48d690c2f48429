use chainrule::network;

const HIDDEN: usize = 50;
const CODE: usize = 20;

network! { Auto: 784 => Affine => HIDDEN => Relu => CODE => Affine => 784 }

fn main() {}
