use chainrule::graph;

graph! { Larger(x) = max(x) }

fn main() {}
