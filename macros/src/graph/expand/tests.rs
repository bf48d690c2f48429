//! What formulas become, pinned beside the networks.

use proc_macro2::TokenStream;

use crate::errors::Errors;
use crate::expand::tests::assert_pinned;

fn expansion(macro_: fn(TokenStream, &mut Errors) -> Option<TokenStream>, source: &str) -> TokenStream {
    let mut errors = Errors::default();
    let expansion = macro_(source.parse().unwrap(), &mut errors);
    assert!(errors.is_empty());
    expansion.unwrap()
}

#[test]
fn a_graph_is_one_line_a_node_forward_and_one_line_a_node_backward() {
    let source = "/// Apples and oranges, taxed.
                  pub Basket(apple, apples, orange, oranges, tax) = (apple * apples + orange * oranges) * tax";
    assert_pinned("basket.rs", expansion(crate::graph::graph, source));
}

#[test]
fn a_value_that_is_used_twice_gets_the_sum_of_what_flows_back() {
    let source =
        "Polar<T>(x, angle) = { let r = powi(x, 2) / -3; let a = r * cos(angle); let b = max(r, sin(angle)); (a, b) }";
    assert_pinned("polar.rs", expansion(crate::graph::graph, source));
}

#[test]
fn an_activation_is_a_layer_around_its_graph() {
    assert_pinned("swish.rs", expansion(crate::graph::activation, "pub Swish(x) = x / (1 + exp(-x))"));
}

#[test]
fn a_loss_is_a_sum_over_outputs_around_its_graph() {
    assert_pinned("cauchy.rs", expansion(crate::graph::loss, "pub Cauchy(y, d) = ln(1 + powi(y - d, 2))"));
}
