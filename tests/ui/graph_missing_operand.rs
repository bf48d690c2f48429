use chainrule::graph;

graph! { Line(a, x) = a * + x }

fn main() {}
