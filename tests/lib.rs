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
