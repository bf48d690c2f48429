//! Pictures of graphs: that they are well-formed, and that the numbers of the textbooks stand in them.

use chainrule::graph::Drawing;
use chainrule::prelude::*;

graph! { Basket(apple, apples, orange, oranges, tax) = (apple * apples + orange * oranges) * tax }
graph! { Logistic<f64>(x) = 1 / (1 + exp(-x)) }
graph! { Square(x) = x * x }
graph! { Polar<f64>(radius, angle) = { let x = radius * cos(angle); let y = radius * sin(angle); (x, y) } }

/// All that is written in an image, piece by piece.
fn texts(svg: &str) -> Vec<String> {
    let document = roxmltree::Document::parse(svg).unwrap();
    let nodes = document.descendants().filter(|node| node.has_tag_name("text"));
    nodes.filter_map(|node| node.text().map(str::to_owned)).collect()
}

/// Where the circles are.
fn circles(svg: &str) -> Vec<(f64, f64)> {
    let document = roxmltree::Document::parse(svg).unwrap();
    let circles = document.descendants().filter(|node| node.has_tag_name("circle"));
    let number = |circle: roxmltree::Node<'_, '_>, name| circle.attribute(name).unwrap().parse().unwrap();
    circles.map(|circle| (number(circle, "cx"), number(circle, "cy"))).collect()
}

fn assert_drawn(drawing: &Drawing, expected: &[&str]) {
    let svg = drawing.svg();
    let mut found = texts(&svg);
    for text in expected {
        let place = found.iter().position(|found| found == text);
        found.remove(place.unwrap_or_else(|| panic!("{text} is missing in {svg}")));
    }
    assert!(found.is_empty(), "{found:?} is too much");
    let circles = circles(&svg);
    for (index, a) in circles.iter().enumerate() {
        for b in &circles[..index] {
            assert!((a.0 - b.0).hypot(a.1 - b.1) > 60.0, "two nodes stand on each other in {svg}");
        }
    }
}

#[test]
fn the_basket_has_its_values_above_and_its_derivatives_below_the_edges() {
    let graph = Basket::forward(100.0, 2.0, 150.0, 3.0, 1.1);
    let drawing = Drawing::backward(&graph, &graph.backward());
    #[rustfmt::skip]
    assert_drawn(&drawing, &[
        "apple", "apples", "orange", "oranges", "tax", "×", "×", "+", "×", "Basket",
        "100", "2", "150", "3", "1.1", "200", "450", "650", "715",
        "2.2", "110", "3.3", "165", "650", "1.1", "1.1", "1.1", "1",
    ]);
    assert!(drawing.dot().contains("n0 -> n5 [label=<100<br/><font color=\"#c0392b\">2.2</font>>]"));
}

#[test]
fn a_minus_is_a_product_and_constants_stand_at_their_operations() {
    let graph = Logistic::forward(1.0);
    #[rustfmt::skip]
    assert_drawn(&Drawing::forward(&graph), &[
        "x", "×", "−1", "exp", "+", "1", "÷", "1", "Logistic",
        "1", "−1", "0.3679", "1.368", "0.7311",
    ]);
}

#[test]
fn a_value_that_is_used_twice_shows_what_flows_back_along_both_edges() {
    let graph = Polar::forward(2.0, 0.0);
    let drawing = Drawing::backward(&graph, &graph.backward_from(PolarOutputs { x: 1.0, y: 3.0 }));
    #[rustfmt::skip]
    assert_drawn(&drawing, &[
        "radius", "angle", "cos", "sin", "×", "×", "x", "y",
        "2", "0", "1", "0", "2", "0",
        "1", "6", "2", "6", "1", "3",
        // By the radius 1 · 1 + 3 · 0, by the angle 2 · 0 + 6 · 1.
        "1", "0", "0", "6",
    ]);
    assert_eq!(
        drawing.to_string(),
        "× x = 2, ∂ 1
├─ radius = 2, ∂ 1 of 1
└─ cos cos1 = 1, ∂ 2
   └─ angle = 0, ∂ 0 of 6
× y = 0, ∂ 3
├─ radius = 2, ∂ 0 of 1
└─ sin sin1 = 0, ∂ 6
   └─ angle = 0, ∂ 6 of 6
"
    );
}

#[test]
fn two_edges_between_the_same_nodes_stand_side_by_side() {
    let graph = Square::forward(3.0);
    let drawing = Drawing::backward(&graph, &graph.backward());
    assert_drawn(&drawing, &["x", "×", "Square", "3", "9", "6", "1", "3", "3"]);
    let svg = drawing.svg();
    let document = roxmltree::Document::parse(&svg).unwrap();
    let place = |node: roxmltree::Node<'_, '_>| {
        (node.attribute("x").map(str::to_owned), node.attribute("y").map(str::to_owned))
    };
    let lines: Vec<_> = document.descendants().filter_map(|node| node.attribute("points")).collect();
    let flows: Vec<_> = document
        .descendants()
        .filter(|node| node.attribute("class") == Some("back") && node.text() == Some("3"))
        .map(place)
        .collect();
    assert_ne!(lines[0], lines[1]);
    assert_ne!(flows[0], flows[1]);
}
