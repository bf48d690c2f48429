//! The procedural macros of `chainrule`. Use them through that crate.
//!
//! `network!` reads as a pipeline: `parse` what was written, `check` it into a `model` whose shapes are
//! resolved, `expand` the model. Expansion cannot fail: whatever is wrong is found before it, and a repaired
//! model is expanded all the same, so that one mistake is one message.

mod ast;
mod attributes;
mod budget;
mod catalog;
mod check;
mod errors;
mod expand;
mod graph;
mod missing;
mod model;
mod params;
mod parse;
mod shape;
mod widths;

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
/// - **Layers** are those of the [table](https://docs.rs/chainrule#the-chain), with arguments where they take any:
///   `LeakyRelu(0.01)`, `Affine(init = XavierNormal)`; any other name is a type in scope: a layer of your own
///   or another network. It keeps the width unless another is written after it.
/// - **A name in capitals** is a width, unless it stands beside a number: in `4 => MLP => 3` it is a layer. `#[layer]` before
///   a name says that it is a layer of your own, whatever it looks like and whatever layers others have of that name.
/// - **`#[frozen]`** before a layer keeps its parameters as they are.
/// - **`#[loss]`** before the last name says that it is a loss of your own.
/// - **Before the loss** stands what it takes. `SoftmaxLoss` and `SigmoidLoss` hold their activation and take any numbers, so no
///   activation stands between the last Affine and them. `MseLoss` and `HuberLoss` take values as they are, limited by an
///   activation or not, but no probabilities of `Softmax`, whose loss is `SoftmaxLoss`.
/// - **`#[budget(flash = 160 KiB, ram = 2 KiB)]`** before the network stops the compilation if its parameters
///   (`Network::BYTES`) take more flash, or the memory to infer one sample at a time (`Inference<_, 1>::BYTES`) more RAM,
///   on the machine that is compiled for. Input and stack are not counted. Sizes are numbers of bytes, of KB (1000) and MB, or of
///   KiB (1024) and MiB. The network must have no parameters of its own.
///
/// Doc comments, attributes and visibility go to the struct, whose fields are named after the layers: `affine1`, `affine2`.
/// `#[cfg(…)]` before the name keeps or removes the whole network. It can derive `Debug` and `PartialEq`.
#[proc_macro]
pub fn network(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let mut errors = Errors::default();
    let networks = parse::networks(input.into(), &mut errors);
    let models: Vec<_> = networks.iter().map(|network| check::network(network, &mut errors)).collect();
    errors.into_tokens(models.iter().map(expand::network)).into()
}

/// Makes a computational graph of a formula, differentiated at compile time.
///
/// ```text
/// graph! {
///     /// Apples and oranges, taxed.
///     pub Basket(apple, apples, orange, oranges, tax) = (apple * apples + orange * oranges) * tax
/// }
/// ```
///
/// `Basket::forward(100.0, 2.0, 150.0, 3.0, 1.1)` computes every value and keeps it in a field; `output()` is the
/// last one. `backward()` computes the derivative of the output by every value, in fields of the same names.
///
/// - **Operations**: `+`, `-`, `*`, `/`, unary `-`, `exp(x)`, `ln(x)`, `sqrt(x)`, `sin(x)`, `cos(x)`, `tanh(x)`, `sigmoid(x)`,
///   `relu(x)`, `abs(x)`, `max(a, b)`, `min(a, b)`, `powi(x, 3)` with a whole number, `powf(a, b)`. Other values are
///   numbers, and constants in SCREAMING_CASE.
/// - **`let`** names a value and so its field: `= { let price = apple * apples; price * tax }`. Others are named after
///   their operation: `mul1`, `mul2`. A value that is used twice is computed once and gets the sum of the
///   derivatives; an expression that is written twice is computed twice.
/// - **Several outputs** are a tuple of names: `= { let price = …; let total = …; (price, total) }`. `outputs()` then gives
///   a struct, and `backward_from` takes one, of the derivatives by the outputs.
/// - **The scalar** is `f32` unless another is named: `Basket<f64>(…)`, or `Basket<T>(…)` to stay generic.
#[proc_macro]
pub fn graph(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand_formula(input, graph::graph)
}

/// Makes a layer of a formula: `activation! { pub Swish(x) = x / (1 + exp(-x)) }`.
///
/// The layer applies the formula, written as for [`graph!`], to each value alone, for every scalar and width, and is
/// used in a chain by its name: `784 => Affine => 50 => Swish => …`. `Swish::gradient_check()` compares its derivative with
/// central differences, and `Swish::graph(x)` is the formula at one point, to be drawn.
#[proc_macro]
pub fn activation(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand_formula(input, graph::activation)
}

/// Makes a loss of a formula: `loss! { pub Cauchy(y, d) = ln(1 + powi(y - d, 2)) }`.
///
/// The formula, written as for [`graph!`], is of one output y and its target d; the loss of a sample is the sum over
/// its outputs. `#[loss]` before its name says in a chain that it is a loss: `784 => Affine => #[loss] Cauchy => 10`.
/// `Cauchy::gradient_check()` compares its derivative with central differences, and `Cauchy::graph(y, d)` is the formula
/// at one point, to be drawn.
#[proc_macro]
pub fn loss(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand_formula(input, graph::loss)
}

fn expand_formula(
    input: proc_macro::TokenStream,
    formula: fn(proc_macro2::TokenStream, &mut Errors) -> Option<proc_macro2::TokenStream>,
) -> proc_macro::TokenStream {
    let mut errors = Errors::default();
    let expansion = formula(input.into(), &mut errors);
    errors.into_tokens(expansion).into()
}

/// Makes a `#[repr(C)]` struct of vectors, matrices and arrays the parameters of a layer.
#[proc_macro_derive(Params)]
pub fn params(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let mut errors = Errors::default();
    let expansion = params::derive(input.into(), &mut errors);
    errors.into_tokens(expansion).into()
}
