//! Budgets of memory and of parameters, kept by the compiler.
//!
//! `#[budget(flash = 160 KiB, ram = 2 KiB)]` on a network stops the compilation when the network outgrows it; see
//! [`network!`](crate::network!). A function can demand a network of at most so many parameters:
//!
//! ```
//! use chainrule::budget::{Budget, WithinBudget};
//! use chainrule::prelude::*;
//! use chainrule::typenum::consts::U100;
//!
//! /// What the sensor board has room for.
//! struct SensorBoard;
//! impl Budget for SensorBoard {
//!     type Params = U100;
//! }
//!
//! fn deploy<N: WithinBudget<SensorBoard>>(_network: &N) {}
//!
//! network! { Xor: 2 => Affine => Tanh => 8 => Affine => SigmoidLoss => 1 }
//! deploy(&Xor::new());
//! ```

use typenum::consts::*;
use typenum::{B0, B1, IsLessOrEqual, UInt, UTerm, Unsigned};

use crate::widths::Message;

/// So many parameters at most.
pub trait Budget {
    /// The number, as a type: `U1000`, `typenum::op!(U20 * U1000)`.
    type Params: Unsigned;
}

/// A network whose number of parameters is a type: every one that is declared without parameters of its own.
#[diagnostic::on_unimplemented(
    message = "how many parameters `{Self}` has is not known as a type",
    label = "no network, or one with const parameters or a scalar of its own"
)]
pub trait Counted {
    /// [`Network::PARAMS`](crate::network::Network::PARAMS) as a type.
    type Params: Unsigned;
}

/// A network that has no more parameters than a [`Budget`] allows.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has more parameters than the budget `{B}` allows",
    label = "this network is over the budget",
    note = "`{Self}::PARAMS` says how many it has"
)]
pub trait WithinBudget<B> {}

#[diagnostic::do_not_recommend]
impl<N: Counted, B: Budget> WithinBudget<B> for N where N::Params: IsLessOrEqual<B::Params, Output = B1> {}

/// A number as a type, from its eight hexadecimal digits.
#[doc(hidden)]
#[rustfmt::skip]
pub type Count<const A: usize, const B: usize, const C: usize, const D: usize,
               const E: usize, const F: usize, const G: usize, const H: usize> =
    Push<Push<Push<Push<Push<Push<Push<Push<UTerm, A>, B>, C>, D>, E>, F>, G>, H>;

/// For `network!`: a number as a type.
#[doc(hidden)]
#[macro_export]
macro_rules! __count {
    ($number:expr) => {
        $crate::budget::Count<
            { $crate::budget::digit($number, 7) },
            { $crate::budget::digit($number, 6) },
            { $crate::budget::digit($number, 5) },
            { $crate::budget::digit($number, 4) },
            { $crate::budget::digit($number, 3) },
            { $crate::budget::digit($number, 2) },
            { $crate::budget::digit($number, 1) },
            { $crate::budget::digit($number, 0) },
        >
    };
}

type Push<N, const D: usize> = <N as PushDigit<D>>::Output;

/// A hexadecimal digit of a number, 0 being that of the ones.
#[doc(hidden)]
pub const fn digit(number: usize, place: u32) -> usize {
    number >> (4 * place) & 15
}

/// A number times sixteen plus a digit.
#[doc(hidden)]
#[allow(missing_docs)]
pub trait PushDigit<const D: usize> {
    type Output;
}

macro_rules! digits {
    ($($digit:literal $alone:ident $a:ident $b:ident $c:ident $d:ident,)*) => {$(
        impl PushDigit<$digit> for UTerm {
            type Output = $alone;
        }
        impl<N: Unsigned, B: typenum::Bit> PushDigit<$digit> for UInt<N, B> {
            type Output = UInt<UInt<UInt<UInt<Self, $a>, $b>, $c>, $d>;
        }
    )*};
}

digits! {
    0 U0 B0 B0 B0 B0,
    1 U1 B0 B0 B0 B1,
    2 U2 B0 B0 B1 B0,
    3 U3 B0 B0 B1 B1,
    4 U4 B0 B1 B0 B0,
    5 U5 B0 B1 B0 B1,
    6 U6 B0 B1 B1 B0,
    7 U7 B0 B1 B1 B1,
    8 U8 B1 B0 B0 B0,
    9 U9 B1 B0 B0 B1,
    10 U10 B1 B0 B1 B0,
    11 U11 B1 B0 B1 B1,
    12 U12 B1 B1 B0 B0,
    13 U13 B1 B1 B0 B1,
    14 U14 B1 B1 B1 B0,
    15 U15 B1 B1 B1 B1,
}

/// For `network!`: stops the compilation of a network that takes more bytes of a memory than are budgeted.
#[doc(hidden)]
#[track_caller]
#[allow(clippy::panic)]
pub const fn assert_within(network: &str, memory: &str, bytes: usize, budget: usize) {
    if bytes > budget {
        let message = Message::new()
            .text("`")
            .text(network)
            .text("` takes ")
            .number(bytes)
            .text(" bytes of ")
            .text(memory)
            .text(", but its budget is ")
            .number(budget)
            .text(" bytes: ")
            .number(bytes - budget)
            .text(" too many");
        panic!("{}", message.as_str());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::__count as count;

    #[test]
    fn a_number_as_a_type_is_the_number_and_has_no_leading_zeros() {
        fn same<A: typenum::Same<B>, B>() {}
        same::<count!(0), U0>();
        same::<count!(1), U1>();
        same::<count!(33), U33>();
        same::<count!(1000), U1000>();
        same::<count!(65536), U65536>();
        assert_eq!(<count!(39_760)>::USIZE, 39_760);
        assert_eq!(<count!(0xfedc_ba98)>::USIZE, 0xfedc_ba98);
    }
}
