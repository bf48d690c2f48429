use chainrule::graph;

graph! { Area(x, y) = { let area; x * y } }

fn main() {}
