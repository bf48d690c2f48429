use chainrule::graph;

graph! { Twice(a) = { let x = a * a; (x, x) } }

fn main() {}
