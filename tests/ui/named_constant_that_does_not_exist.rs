use chainrule::network;

network! { Auto: 784 => Affine => HIDDEN => Relu => Affine => 784 }

fn main() {}
