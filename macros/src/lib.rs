//! The procedural macros of `chainrule`. Use them through that crate.
//!
//! `network!` reads as a pipeline: `parse` what was written, `check` it into a `model` whose shapes are
//! resolved, `expand` the model. Expansion cannot fail: whatever is wrong is found before it, and a repaired
//! model is expanded all the same, so that one mistake is one message.

mod ast;
mod catalog;
mod check;
mod errors;
mod expand;
mod model;
mod params;
mod parse;
mod shape;

use errors::Errors;

/// Declares a network: a chain of layers with the widths between them.
///
/// ```text
/// network! {
///     /// Handwritten digits, 28×28 pixels, row by row.
///     pub Mnist: 784 => Affine => Relu => 50 => Affine => SoftmaxLoss => 10
/// }
/// ```
///
/// The chain starts with the width of the input. `Affine` is followed, at once or behind layers that keep the
/// width, by the width it gives. A width where it is known already is a check. A loss may end the chain.
///
/// - **Widths** are whole numbers, constants in SCREAMING_CASE, or const parameters of the network.
/// - **The scalar** is `f32` unless another is named: `Mnist<f64>`, or `Mnist<T>` to stay generic; const
///   parameters follow it: `Mnist<T, const HIDDEN: usize>`.
/// - **Layers** are those of the [table](https://docs.rs/chainrule#layers), with arguments where they take any:
///   `LeakyRelu(0.01)`, `Affine(init = XavierNormal)`; any other name is a type in scope: a layer of your own
///   or another network. It keeps the width unless another is written after it.
/// - **`#[frozen]`** before a layer keeps its parameters as they are.
///
/// Doc comments, attributes and visibility go to the struct, whose fields are named after the layers:
/// `affine1`, `affine2`.
#[proc_macro]
pub fn network(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let mut errors = Errors::default();
    let expansion = parse::network(input.into(), &mut errors)
        .map(|network| check::network(&network, &mut errors))
        .map(|model| expand::network(&model));
    errors.into_tokens(expansion).into()
}

/// Makes a `#[repr(C)]` struct of vectors, matrices and arrays the parameters of a layer.
#[proc_macro_derive(Params)]
pub fn params(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let mut errors = Errors::default();
    let expansion = params::derive(input.into(), &mut errors);
    errors.into_tokens(expansion).into()
}
