use chainrule::graph;

graph! { Both(x, y) = 2 * (x, y) }

fn main() {}
