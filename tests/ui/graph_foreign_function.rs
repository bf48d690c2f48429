use chainrule::graph;

graph! { Log(x) = log(x) }

fn main() {}
