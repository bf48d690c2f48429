use chainrule::graph;

graph! { Decay(x) = exp * x }

fn main() {}
