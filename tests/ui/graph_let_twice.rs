use chainrule::graph;

graph! { Fourth(x) = { let y = x * x; let y = y * y; y + 1 } }

fn main() {}
