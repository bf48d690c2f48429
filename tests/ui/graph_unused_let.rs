use chainrule::graph;

graph! { Basket(apple, apples) = { let price = apple * apples; apple + apples } }

fn main() {}
