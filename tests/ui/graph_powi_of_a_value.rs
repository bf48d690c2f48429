use chainrule::graph;

graph! { Power(x, n) = powi(x, n) }

fn main() {}
