use chainrule::graph;

graph! { Logistic(x) = sigmod(x) }

fn main() {}
