use chainrule::graph;

graph! { Root(x) = powi(x, 0.5) }

fn main() {}
