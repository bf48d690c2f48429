//! The guide's examples; all other tests are in `tests/`.
#![doc = include_str!("../docs/embedding.md")]
