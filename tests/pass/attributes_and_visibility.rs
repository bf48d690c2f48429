#![forbid(unsafe_code)]
#![deny(missing_docs, warnings)]
//! A crate that allows little.

use chainrule::prelude::*;

/// Networks to be used elsewhere.
pub mod networks {
    use chainrule::network;

    network! {
        /// Documented, derived, public.
        #[derive(Debug, PartialEq)]
        #[must_use]
        pub Public: 2 => Affine => Relu => 4 => #[frozen] Affine => SoftmaxLoss => 3
    }

    network! {
        /// For this crate alone.
        pub(crate) Internal<T, const N: usize>: N => Affine => Tanh => N
    }
}

fn main() {
    let network = networks::Public::new();
    assert_eq!(network, networks::Public::new());
    assert_eq!(networks::Internal::<f32, 2>::PARAMS, 6);
}
