use chainrule::network;

const SLOPE: f32 = 0.1;

network! { Curve: 1 => Affine => LeakyRelu(-SLOPE) => 1 }

fn main() {}
