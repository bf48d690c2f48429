//! What the macros write out, pinned. `UPDATE_EXPECTED=1 cargo test -p chainrule-macros` writes the files anew:
//! read the difference before you commit it.

use std::path::Path;

use proc_macro2::TokenStream;

use crate::errors::Errors;
use crate::{check, expand, parse};

fn expansion(source: &str) -> TokenStream {
    let tokens: TokenStream = source.parse().unwrap();
    let mut errors = Errors::default();
    let networks = parse::networks(tokens, &mut errors);
    let model = check::network(networks.first().unwrap(), &mut errors);
    assert!(errors.is_empty());
    expand::network(&model)
}

fn assert_expansion(file: &str, source: &str) {
    assert_pinned(file, expansion(source));
}

/// Compares an expansion with a file of `tests/expected`.
pub fn assert_pinned(file: &str, expansion: TokenStream) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expected").join(file);
    let found = prettyplease::unparse(&syn::parse2(expansion).unwrap());
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(&path, &found).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(expected == found, "{file} differs; the expansion is now:\n{found}");
}

#[test]
fn a_classifier_is_straight_line_code_that_calls_named_functions() {
    assert_expansion(
        "mnist.rs",
        "/// Handwritten digits, 28×28 pixels, row by row.
         pub Mnist: 784 => Affine => Relu => 50 => Affine => SoftmaxLoss => 10",
    );
}

#[test]
fn every_kind_of_layer_has_its_own_buffers_where_backward_needs_them() {
    assert_expansion(
        "everything.rs",
        "pub(crate) Everything<T, const N: usize>:
            N => Tanh => #[frozen] Affine => Gelu => 8 => Gain<8> => Affine(init = Normal(0.1)) => Relu => Softplus => HIDDEN
              => Power(3) => Affine => HuberLoss(0.5) => 2",
    );
}

#[test]
fn a_field_has_the_name_of_its_layer_in_snake_case() {
    let expansion = expansion("Net: 3 => GatedUnit => ABCell => 3 => Affine => 2").to_string();
    for field in ["gated_unit1", "abcell1", "affine1"] {
        assert!(expansion.contains(&format!("pub {field} :")), "{field}");
    }
}
