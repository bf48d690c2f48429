use chainrule::graph;

graph! { Power(x, y) = exp(x, y) }

fn main() {}
