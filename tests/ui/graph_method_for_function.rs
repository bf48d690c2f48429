use chainrule::graph;

graph! { Square(x) = x.powi(2) }

fn main() {}
