use chainrule::graph;

graph! { (x) = x * x }

fn main() {}
