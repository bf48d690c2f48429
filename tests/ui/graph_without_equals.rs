use chainrule::graph;

graph! { Square(x): x * x }

fn main() {}
