use chainrule::network;

network! { Mnist: 784 => Linear => 10 }

fn main() {}
