use chainrule::graph;

graph! { Area(x, y) = 2 (x * y) }

fn main() {}
