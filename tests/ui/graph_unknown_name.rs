use chainrule::graph;

graph! { Basket(apple, apples) = aple * apples }

fn main() {}
