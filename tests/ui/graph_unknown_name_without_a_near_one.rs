use chainrule::graph;

graph! { Basket(apple) = apple * tax }

fn main() {}
