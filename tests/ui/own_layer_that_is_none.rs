use chainrule::network;

struct Gain;

network! { Scaled: 3 => Gain => 3 => Affine => 1 }

fn main() {}
