use chainrule::graph;

graph! { Gamma(x) = gamma(x) }

fn main() {}
