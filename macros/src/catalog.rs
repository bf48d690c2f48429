//! The table of the layers and losses that a chain knows by name.
//!
//! A row's name is also the name of its type in `chainrule::layers` or `chainrule::loss`.

use Argument::{Init, Number};
use Kind::{Activation, Affine, Loss};

use syn::Ident;

use crate::missing;

/// One row.
pub struct Entry {
    pub name: &'static str,
    pub kind: Kind,
    /// What others call it, lower case without underscores.
    pub aliases: &'static [&'static str],
    /// The arguments in their order.
    pub arguments: &'static [(&'static str, Argument)],
}

#[derive(Clone, Copy, PartialEq)]
pub enum Kind {
    /// Has parameters and opens the width: the next width written is the one it gives.
    Affine,
    /// Keeps the width and works in place.
    Activation {
        /// Whether its derivative is computed from its input, which must then be kept beside its output.
        keeps_input: bool,
        /// How an Affine before it is initialised.
        init: &'static str,
    },
    /// Ends the chain.
    Loss(Takes),
}

/// What a loss takes of the last layer. This is the one rule about what may stand before it:
///
/// - A loss of **logits** holds its activation, since both together are computed more exactly. It takes every number, so
///   no activation may stand between the last Affine and it: whatever an activation cuts off can never be said.
/// - A loss of **values** takes them as they are, so what limits their range may stand before it. Only `Softmax` may not: what
///   it leaves are probabilities, whose loss is `SoftmaxLoss`; by squares they are hardly learned where they are wrong
///   and certain. Who means the Brier score makes it a loss of their own.
#[derive(Clone, Copy, PartialEq)]
pub enum Takes {
    Logits {
        /// The activation that it holds.
        holds: &'static str,
    },
    Values,
}

/// What a layer takes in brackets.
#[derive(Clone, Copy)]
pub enum Argument {
    /// An initialisation: `HeNormal` and so on.
    Init,
    /// A number of at least `minimum`, or above it.
    Number { minimum: f64, included: bool, default: Option<f64>, example: &'static str },
}

const SOFTMAX: Kind = Loss(Takes::Logits { holds: "Softmax" });
const SIGMOID: Kind = Loss(Takes::Logits { holds: "Sigmoid" });
const VALUES: Kind = Loss(Takes::Values);
const POSITIVE: Argument = Number { minimum: 0.0, included: false, default: None, example: "1.0" };
const HE: &str = "HeNormal";
const XAVIER: &str = "XavierUniform";
const FROM_OUTPUT: bool = false;
const FROM_INPUT: bool = true;

const fn activation(keeps_input: bool, init: &'static str) -> Kind {
    Activation { keeps_input, init }
}

#[rustfmt::skip]
pub const CATALOG: &[Entry] = &[
    Entry { name: "Affine",      kind: Affine,                          aliases: &["dense", "linear", "fullyconnected", "fc", "innerproduct"], arguments: &[("init", Init)] },
    Entry { name: "Relu",        kind: activation(FROM_OUTPUT, HE),     aliases: &["rectifier"], arguments: &[] },
    Entry { name: "LeakyRelu",   kind: activation(FROM_OUTPUT, HE),     aliases: &["lrelu"],     arguments: &[("slope", Number { minimum: 0.0, included: true, default: None, example: "0.01" })] },
    Entry { name: "Sigmoid",     kind: activation(FROM_OUTPUT, XAVIER), aliases: &["logistic"],  arguments: &[] },
    Entry { name: "Tanh",        kind: activation(FROM_OUTPUT, XAVIER), aliases: &[],            arguments: &[] },
    Entry { name: "Softplus",    kind: activation(FROM_OUTPUT, HE),     aliases: &[],            arguments: &[] },
    Entry { name: "Elu",         kind: activation(FROM_OUTPUT, HE),     aliases: &[],            arguments: &[("alpha", Number { minimum: 0.0, included: false, default: Some(1.0), example: "1.0" })] },
    Entry { name: "Gelu",        kind: activation(FROM_INPUT, HE),      aliases: &[],            arguments: &[] },
    Entry { name: "Silu",        kind: activation(FROM_INPUT, HE),      aliases: &[],            arguments: &[] },
    Entry { name: "HardSwish",   kind: activation(FROM_INPUT, HE),      aliases: &["hswish"],    arguments: &[] },
    Entry { name: "Mish",        kind: activation(FROM_INPUT, HE),      aliases: &[],            arguments: &[] },
    Entry { name: "Softmax",     kind: activation(FROM_OUTPUT, XAVIER), aliases: &[],            arguments: &[] },
    Entry { name: "SoftmaxLoss", kind: SOFTMAX, aliases: &["crossentropy", "crossentropyloss", "softmaxwithloss", "softmaxcrossentropy", "softmaxcrossentropyloss", "categoricalcrossentropy", "sparsecategoricalcrossentropy", "nllloss", "nll"], arguments: &[] },
    Entry { name: "MseLoss",     kind: VALUES,  aliases: &["mse", "meansquarederror", "meansquarederrorloss", "l2", "l2loss", "squaredloss", "identitywithloss", "sumofsquareserror"], arguments: &[] },
    Entry { name: "SigmoidLoss", kind: SIGMOID, aliases: &["bce", "bceloss", "bcewithlogits", "bcewithlogitsloss", "binarycrossentropy", "binarycrossentropyloss", "sigmoidwithloss", "sigmoidcrossentropy", "logisticloss", "multilabelsoftmarginloss"], arguments: &[] },
    Entry { name: "HuberLoss",   kind: VALUES,  aliases: &["huber", "smoothl1", "smoothl1loss"], arguments: &[("delta", POSITIVE)] },
];

/// The initialisations and what others call them.
pub const INITS: &[(&str, &str)] = &[
    ("HeNormal", "kaimingnormal"),
    ("HeUniform", "kaiminguniform"),
    ("XavierNormal", "glorotnormal"),
    ("XavierUniform", "glorotuniform"),
    ("Normal", "gaussian"),
    ("Constant", "fill"),
];

/// Whether a name in capitals is one that a layer or a loss has, here or elsewhere.
pub fn is_known(name: &str) -> bool {
    suggest(name).is_some() || missing::find(name).is_some()
}

/// What others call an initialisation and its numbers.
const SHORT_INITS: &[(&str, &[&str])] = &[
    ("HeNormal", &["he", "kaiming", "msra"]),
    ("XavierUniform", &["xavier", "glorot"]),
    ("Normal(0.01)", &["randomnormal", "truncatednormal", "randn"]),
    ("Constant(0.0)", &["zeros", "zero"]),
    ("Constant(1.0)", &["ones", "one"]),
];

/// The row of this name.
pub fn find(name: &str) -> Option<&'static Entry> {
    CATALOG.iter().find(|entry| entry.name == name)
}

/// The row that has this name in other letters, or as an alias.
pub fn by_name(name: &str) -> Option<&'static Entry> {
    let plain = plain(name);
    CATALOG.iter().find(|entry| self::plain(entry.name) == plain || entry.aliases.contains(&&*plain))
}

/// The row that was probably meant: the same name in other letters, an alias, or a name of few differences.
pub fn suggest(name: &str) -> Option<&'static Entry> {
    by_name(name).or_else(|| nearest(name, CATALOG.iter().map(|entry| entry.name)).and_then(find))
}

/// The initialisation that was probably meant.
pub fn suggest_init(name: &str) -> Option<&'static str> {
    let plain = plain(name);
    let by_alias = INITS.iter().find(|(name, alias)| self::plain(name) == plain || *alias == plain);
    let short = || SHORT_INITS.iter().find(|(_, names)| names.contains(&&*plain)).map(|(name, _)| *name);
    by_alias.map(|(name, _)| *name).or_else(short).or_else(|| nearest(name, INITS.iter().map(|(name, _)| *name)))
}

/// The activation that is the same function as one that a user's own layer may be named after.
pub fn same_function(name: &Ident) -> Option<&'static str> {
    (plain(&name.to_string()) == "swish").then_some("Silu")
}

/// A name as the tables compare it: lower case without underscores.
pub fn plain(name: &str) -> String {
    name.chars().filter(|c| *c != '_').flat_map(char::to_lowercase).collect()
}

/// The nearest name, if one letter in four or fewer must be changed.
fn nearest(name: &str, names: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    names
        .map(|other| (strsim::osa_distance(name, other), other))
        .filter(|(distance, other)| 4 * distance <= other.len().max(4))
        .min()
        .map(|(_, other)| other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_or_foreign_name_finds_its_row_and_another_name_finds_none() {
        for (written, meant) in [
            ("Afine", "Affine"),
            ("Dense", "Affine"),
            ("ReLU", "Relu"),
            ("Leaky_ReLU", "LeakyRelu"),
            ("Tahn", "Tanh"),
            ("CrossEntropy", "SoftmaxLoss"),
            ("SoftmaxLos", "SoftmaxLoss"),
            ("BCEWithLogitsLoss", "SigmoidLoss"),
        ] {
            assert_eq!(suggest(written).map(|entry| entry.name), Some(meant), "{written}");
        }
        for own in ["Encoder", "Swish", "Gain", "Polar", "Gate", "Scale"] {
            assert!(!is_known(own), "{own}");
        }
    }

    #[test]
    fn aliases_are_plain_and_belong_to_one_row_each() {
        let mut seen = std::collections::HashSet::new();
        for entry in CATALOG {
            assert!(seen.insert(plain(entry.name)), "{}", entry.name);
            for alias in entry.aliases {
                assert_eq!(plain(alias), *alias);
                assert!(seen.insert((*alias).to_owned()), "{alias}");
            }
        }
    }
}
