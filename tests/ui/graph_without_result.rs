use chainrule::graph;

graph! { Basket(apple, apples) = { let price = apple * apples; } }

fn main() {}
