use chainrule::network;

network! {  }

fn main() {}
