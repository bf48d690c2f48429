use chainrule::graph;

graph! { Basket(apple, apples) = apple * apples }

fn main() {
    let _ = Basket::forward(100.0);
}
