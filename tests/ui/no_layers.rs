use chainrule::network;

network! { Mnist: 784 }

fn main() {}
