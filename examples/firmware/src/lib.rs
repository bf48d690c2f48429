//! Networks on microcontrollers: what the programs in `bin/` share.
#![no_std]

pub mod board;
pub mod digits;
pub mod networks;
pub mod print;
pub mod slot;
