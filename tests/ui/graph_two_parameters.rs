use chainrule::graph;

graph! { Square<T, U>(x) = x * x }

fn main() {}
