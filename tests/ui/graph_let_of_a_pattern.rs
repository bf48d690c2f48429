use chainrule::graph;

graph! { Area(x, y) = { let (a, b) = (x, y); a * b } }

fn main() {}
