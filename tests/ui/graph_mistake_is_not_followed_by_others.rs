use chainrule::graph;

graph! { Basket(apple, apples) = { let price = aple * apples; price * 2 } }

fn main() {
    let graph = Basket::forward(100.0, 2.0);
    let _ = (graph.price, graph.output(), graph.backward().apple);
}
