use chainrule::network;

network! { Auto: 784 => Auto => 784 }

fn main() {}
