use chainrule::graph;

graph! { type(x) = x * x }

fn main() {}
