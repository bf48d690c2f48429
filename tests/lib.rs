//! The code of the guides runs as doc tests of this crate; all other tests are in `tests/`.
#![doc = include_str!("../docs/embedding.md")]

#[doc = include_str!("../docs/guide/01-graphs.md")]
mod graphs {}
#[doc = include_str!("../docs/guide/02-chain-rule.md")]
mod chain_rule {}
#[doc = include_str!("../docs/guide/03-add-and-multiply.md")]
mod add_and_multiply {}
#[doc = include_str!("../docs/guide/04-activations.md")]
mod activations {}
#[doc = include_str!("../docs/guide/05-affine.md")]
mod affine {}
#[doc = include_str!("../docs/guide/06-softmax-loss.md")]
mod softmax_loss {}
#[doc = include_str!("../docs/guide/07-gradient-check.md")]
mod gradient_check {}
#[doc = include_str!("../docs/guide/08-descent.md")]
mod descent {}
#[doc = include_str!("../docs/guide/09-initialisation.md")]
mod initialisation {}
#[doc = include_str!("../docs/guide/10-optimisers.md")]
mod optimisers {}
#[doc = include_str!("../docs/guide/11-digits.md")]
mod digits {}
