use chainrule::graph;

graph! { Line(a, x) = a(x + 1) }

fn main() {}
