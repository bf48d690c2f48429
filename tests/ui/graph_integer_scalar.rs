use chainrule::graph;

graph! { Square<i32>(x) = x * x }

fn main() {}
