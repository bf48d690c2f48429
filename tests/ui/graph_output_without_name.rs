use chainrule::graph;

graph! { Both(x, y) = (x * y, x + y) }

fn main() {}
