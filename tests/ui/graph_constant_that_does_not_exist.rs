use chainrule::graph;

graph! { Scaled(x) = RATE * x }

fn main() {}
