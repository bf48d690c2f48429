use chainrule::graph;

graph! { Two(x) = { let y = 2; (x, y) } }

fn main() {}
