use chainrule::network;

network! { Mnist: }

fn main() {}
