//! Buying fruit: computational graphs forward and backward, with pictures: `cargo run --example buy_fruit`.

use chainrule::graph;
use chainrule::graph::Drawing;
use chainrule_examples::picture::{self, Outcome};

graph! {
    /// Apples at a price each, and the tax on them.
    Apples(apple, apples, tax) = apple * apples * tax
}

graph! {
    /// Apples and oranges, taxed together.
    Basket(apple, apples, orange, oranges, tax) = (apple * apples + orange * oranges) * tax
}

graph! {
    /// 1 / (1 + exp(−x)), node by node.
    Sigmoid<f64>(x) = 1 / (1 + exp(-x))
}

graph! {
    /// A value that is used twice: its derivatives add.
    Twice(x) = { let y = x * x; y + x }
}

fn main() -> Outcome<()> {
    picture::prepare();
    for (title, name, drawing) in drawings() {
        println!("{title}\n{drawing}");
        picture::save(name, &drawing.svg())?;
        println!();
    }
    Ok(())
}

/// What the pictures are called, their names, and the graphs.
fn drawings() -> [(&'static str, &'static str, Drawing); 5] {
    let apples = Apples::forward(100.0, 2.0, 1.1);
    let basket = Basket::forward(100.0, 2.0, 150.0, 3.0, 1.1);
    let sigmoid = Sigmoid::forward(1.0);
    let twice = Twice::forward(3.0);
    [
        ("2 apples at 100 with 10 % tax, forward", "apples_forward", Drawing::forward(&apples)),
        (
            "... and backward: by how much each input changes the price",
            "apples",
            Drawing::backward(&apples, &apples.backward()),
        ),
        ("2 apples at 100 and 3 oranges at 150", "basket", Drawing::backward(&basket, &basket.backward())),
        ("The sigmoid, whose derivative is y (1 - y)", "sigmoid", Drawing::backward(&sigmoid, &sigmoid.backward())),
        ("x squared plus x, where the derivatives of x add", "twice", Drawing::backward(&twice, &twice.backward())),
    ]
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn apples_cost_220_and_the_basket_715() {
        let apples = Apples::forward(100.0, 2.0, 1.1);
        let d = apples.backward();
        assert_eq!((apples.output(), d.apple, d.apples, d.tax), (220.0, 2.2, 110.0, 200.0));

        let basket = Basket::forward(100.0, 2.0, 150.0, 3.0, 1.1);
        let d = basket.backward();
        assert_eq!((basket.output(), d.apple, d.apples, d.oranges, d.tax), (715.0, 2.2, 110.0, 165.0, 650.0));
        assert!((d.orange - 3.3).abs() < 1e-6);
    }

    #[test]
    fn the_sigmoid_ends_in_y_times_1_minus_y() {
        let sigmoid = Sigmoid::forward(1.0);
        let y = sigmoid.output();
        assert!((sigmoid.backward().x - y * (1.0 - y)).abs() < 1e-15);
    }

    #[test]
    fn what_is_printed_holds_the_numbers_and_the_pictures_are_well_formed() {
        let printed: Vec<_> = drawings().iter().map(|(_, _, drawing)| drawing.to_string()).collect();
        let [forward, apples, basket, sigmoid, twice] = &*printed else { return assert_eq!(printed.len(), 5) };
        assert!(forward.starts_with("× mul2 = 220\n├─ × mul1 = 200\n"));
        for line in ["apple = 100, ∂ 2.2", "apples = 2, ∂ 110", "tax = 1.1, ∂ 200"] {
            assert!(apples.contains(line), "{line} is not in\n{apples}");
        }
        for line in ["orange = 150, ∂ 3.3", "oranges = 3, ∂ 165", "tax = 1.1, ∂ 650", "mul3 = 715, ∂ 1"] {
            assert!(basket.contains(line), "{line} is not in\n{basket}");
        }
        assert!(sigmoid.starts_with("÷ div1 = 0.7311, ∂ 1\n"));
        assert!(sigmoid.contains("x = 1, ∂ 0.1966"));
        assert!(twice.contains("x = 3, ∂ 1 of 7"));
        for (_, _, drawing) in drawings() {
            roxmltree::Document::parse(&drawing.svg()).unwrap();
        }
    }
}
