use chainrule::network;

network! { Mnist: 784 => Afine => 10 }

fn main() {}
