use chainrule::graph;

graph! { Same(x) = { let y = x; y * y } }

fn main() {}
