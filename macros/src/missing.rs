//! The table of the layers and losses that others have and there are none of.

use crate::catalog::plain;

/// A layer or loss that others have and there is none of. When it is built, its row moves to the catalog.
pub struct Missing {
    /// Its names, lower case without underscores, and without `1d`, `2d` and `3d` at the end.
    pub names: &'static [&'static str],
    pub kind: Kind,
    /// What there is instead, `NAME` being the name that is written.
    pub instead: &'static str,
}

#[derive(Clone, Copy, PartialEq)]
pub enum Kind {
    /// A layer that keeps the width.
    Keeps,
    /// A layer that may change the width.
    Changes,
    Loss,
}

const fn keeps(names: &'static [&'static str], instead: &'static str) -> Missing {
    Missing { names, kind: Kind::Keeps, instead }
}

const fn changes(names: &'static [&'static str], instead: &'static str) -> Missing {
    Missing { names, kind: Kind::Changes, instead }
}

const fn loss(names: &'static [&'static str], instead: &'static str) -> Missing {
    Missing { names, kind: Kind::Loss, instead }
}

const FLAT: &str = "values are flat already: remove it";
const NOTHING: &str = "it would do nothing: remove it";
const NO_NORM: &str =
    "no layer normalises between layers yet: scale the inputs to mean 0 and deviation 1 and remove it";
const NO_IMAGES: &str = "there are no layers over images or sequences yet: write `Affine` over all values";
const NO_MEMORY: &str = "no layer remembers earlier samples yet: write `Affine` over a window of the last samples";
const NO_BRANCHES: &str =
    "a chain has no branches: write a layer of your own that holds both paths, and `#[layer] NAME` in the chain";
const NO_ATTENTION: &str =
    "there is no attention yet: write `Affine` over all values, or a layer of your own: `#[layer] NAME`";
const OWN_LOSS: &str = "write its formula: `loss! { pub NAME(y, d) = … }`, and `#[loss] NAME` in the chain";

#[rustfmt::skip]
const MISSING: &[Missing] = &[
    keeps(&["dropout", "alphadropout", "featurealphadropout", "spatialdropout", "gaussiandropout", "dropconnect"],
        "there is no layer that regularises yet: remove it, and train with a weight decay (`AdamW`)"),
    keeps(&["gaussiannoise"], "add the noise to the inputs before the step, and remove it"),
    keeps(&["batchnorm", "batchnormalization", "layernorm", "layernormalization", "rmsnorm", "rmsnormalization", "groupnorm",
            "groupnormalization", "instancenorm", "normalization", "localresponsenorm", "syncbatchnorm", "weightnorm"], NO_NORM),
    keeps(&["flatten", "reshape", "squeeze", "unsqueeze", "unflatten", "permute", "transpose"], FLAT),
    keeps(&["identity", "input", "inputlayer", "passthrough", "noop"], NOTHING),
    changes(&["sequential", "modulelist"], "the chain is the sequence: write its layers one after the other"),
    keeps(&["lambda", "activation"], "write `activation! { pub NAME(x) = … }`, and `#[layer] NAME` in the chain"),
    keeps(&["prelu", "rrelu"], "write `LeakyRelu(0.01)`, whose slope is not trained"),
    keeps(&["relu6"], "write `activation! { pub NAME(x) = min(max(x, 0), 6) }`, and `#[layer] NAME` in the chain"),
    keeps(&["selu"],
        "write `Elu`, or `activation! { pub NAME(x) = 1.0507 * (max(x, 0) + 1.67326 * (exp(min(x, 0)) - 1)) }` and `#[layer] NAME`"),
    keeps(&["celu"], "write `Elu`, which is the same for α = 1"),
    keeps(&["hardtanh"], "write `Tanh`, or `activation! { pub NAME(x) = max(-1, min(x, 1)) }` and `#[layer] NAME`"),
    keeps(&["hardsigmoid"],
        "write `Sigmoid`, or `activation! { pub NAME(x) = min(max(x + 3, 0), 6) / 6 }` and `#[layer] NAME`"),
    keeps(&["softsign"], "write `Tanh`, or `activation! { pub NAME(x) = x / (1 + abs(x)) }` and `#[layer] NAME`"),
    keeps(&["tanhshrink", "softshrink", "hardshrink", "thresholdedrelu", "exponential"],
        "write its formula: `activation! { pub NAME(x) = … }`, and `#[layer] NAME` in the chain"),
    keeps(&["logsigmoid"], "before a loss, write `SigmoidLoss` alone, which holds the sigmoid and its logarithm"),
    keeps(&["logsoftmax", "softmin"], "before a loss, write `SoftmaxLoss` alone, which holds the softmax and its logarithm"),
    keeps(&["argmax"], "remove it, and call `classify` on the network, which ends in `SoftmaxLoss`"),
    keeps(&["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adadelta", "adam", "adamw"],
        "an optimiser is named where the network is trained: `Training::<Net, NAME<f32>, 32>`"),
    changes(&["glu", "reglu", "geglu", "swiglu", "maxout", "bilinear"], "write `Affine` and `Silu`, or a layer of your own: `#[layer] NAME`"),
    changes(&["conv", "convolution", "convtranspose", "convolutiontranspose", "deconvolution", "depthwiseconv", "separableconv",
              "maxpool", "maxpooling", "avgpool", "avgpooling", "averagepool", "averagepooling", "globalavgpool", "globalaveragepool", "globalaveragepooling",
              "globalmaxpool", "globalmaxpooling", "adaptiveavgpool", "adaptivemaxpool", "zeropad", "zeropadding", "padding", "cropping",
              "upsample", "upsampling", "pixelshuffle", "timedistributed"], NO_IMAGES),
    changes(&["rnn", "simplernn", "lstm", "gru", "rnncell", "lstmcell", "grucell", "bilstm", "bidirectional"], NO_MEMORY),
    changes(&["embedding"], "write `Affine` over one input for each index, of which one is 1 and the others 0"),
    changes(&["residual", "skipconnection", "add", "concat", "concatenate"], NO_BRANCHES),
    changes(&["attention", "selfattention", "multiheadattention", "transformer", "transformerencoder", "transformerencoderlayer",
              "transformerdecoder", "positionalencoding"], NO_ATTENTION),
    loss(&["maeloss", "mae", "l1loss", "l1", "meanabsoluteerror", "absoluteloss"],
        "write `HuberLoss(0.01)`, which is the same but for small errors, or `loss! { pub NAME(y, d) = abs(y - d) }` and `#[loss] NAME`"),
    loss(&["rmseloss", "rmse"], "write `MseLoss`, which is least at the same parameters"),
    loss(&["logcosh", "logcoshloss"], "write `HuberLoss(1.0)`, which is nearly the same"),
    loss(&["hinge", "hingeloss", "squaredhinge", "squaredhingeloss", "multimarginloss", "hingeembeddingloss", "softmarginloss"],
        "write `SigmoidLoss` for a yes or a no, or `loss! { pub NAME(y, d) = max(0, 1 - y * d) }` and `#[loss] NAME`"),
    loss(&["poissonloss", "poissonnllloss", "poisson"], "write `loss! { pub NAME(y, d) = exp(y) - d * y }` and `#[loss] NAME`"),
    loss(&["kldivloss", "kldivergence", "kldiv", "kullbackleibler"],
        "write `SoftmaxLoss` with a distribution as its target: the gradient is the same"),
    loss(&["focalloss", "gaussiannllloss", "quantileloss", "pinballloss", "tverskyloss", "diceloss", "iouloss"], OWN_LOSS),
    loss(&["ctcloss", "ctc"], "there is no loss over sequences yet: write `SoftmaxLoss` with one label a sample"),
    loss(&["tripletloss", "tripletmarginloss", "contrastiveloss", "cosinesimilarity", "cosineembeddingloss", "marginrankingloss"],
        "a loss compares one output with one target: there is none over pairs of samples"),
];

/// Whether a name says no more than that values go in.
pub fn is_input(name: &str) -> bool {
    plain(name).starts_with("input") && find(name).is_some()
}

/// The row of a layer or loss that there is none of.
pub fn find(name: &str) -> Option<&'static Missing> {
    let plain = plain(name);
    let flat = ["1d", "2d", "3d"].into_iter().find_map(|end| plain.strip_suffix(end)).unwrap_or(&plain);
    MISSING.iter().find(|row| row.names.contains(&flat))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog;

    #[test]
    fn names_are_plain_and_belong_to_one_row_each_here_or_in_the_catalog() {
        let mut seen = std::collections::HashSet::new();
        for name in MISSING.iter().flat_map(|row| row.names) {
            assert_eq!(plain(name), *name);
            assert!(seen.insert(*name), "{name}");
            assert!(catalog::by_name(name).is_none(), "{name}");
        }
    }

    #[test]
    fn a_layer_that_others_have_is_found_in_any_letters_and_of_any_dimension() {
        for written in ["Dropout", "BatchNorm1d", "batch_norm", "Conv2D", "LSTM", "MaxPooling2D", "L1Loss", "Re_LU6"] {
            assert!(catalog::suggest(written).is_none() && find(written).is_some(), "{written}");
        }
    }
}
