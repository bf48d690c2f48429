use chainrule::graph;

graph! { Square(x) = x ** 2 }

fn main() {}
