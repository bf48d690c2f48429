use chainrule::graph;

graph! { Square(x) }

fn main() {}
