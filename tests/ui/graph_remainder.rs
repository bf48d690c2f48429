use chainrule::graph;

graph! { Odd(x) = x % 2 }

fn main() {}
