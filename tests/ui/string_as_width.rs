use chainrule::network;

network! { Mnist: 784 => Affine => "50" => Affine => 10 }

fn main() {}
