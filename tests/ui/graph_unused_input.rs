use chainrule::graph;

graph! { Basket(apple, apples, tax) = apple * apples }

fn main() {}
