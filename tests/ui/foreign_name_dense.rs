use chainrule::network;

network! { Mnist: 784 => Dense => 10 }

fn main() {}
