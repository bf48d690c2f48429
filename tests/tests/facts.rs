//! What is known of a network while the program compiles.

use std::mem::size_of;

use chainrule::budget::{Budget, Counted, WithinBudget};
use chainrule::optim::Optimizer;
use chainrule::prelude::*;
use chainrule::typenum::{U5, Unsigned};

const HIDDEN: usize = 16;

network! {
    #[budget(flash = 160 KiB, ram = 1 KiB)]
    Digits: 784 => Affine => Relu => 50 => Affine => SoftmaxLoss => 10
}
network! { Named: 3 => Affine => HIDDEN => Tanh => Affine => MseLoss => 2 }
network! { Whole: 3 => Named => 2 => #[frozen] Affine => Relu => 5 => Affine => MseLoss => 1 }
network! { Generic<T, const N: usize>: N => Affine => Relu => 4 => Affine => MseLoss => N }

// Five parameters, and one output in its line of the cache: neither may be one byte less.
network! {
    #[budget(flash = 20, ram = 64)]
    Exact: 4 => Affine => 1
}

struct FiveParameters;

impl Budget for FiveParameters {
    type Params = U5;
}

#[test]
fn a_network_may_take_all_of_its_budget() {
    fn takes<N: Network + WithinBudget<FiveParameters>>() -> usize {
        N::PARAMS
    }
    assert_eq!((takes::<Exact>(), Exact::BYTES, Inference::<Exact, 1>::BYTES), (5, 20, 64));
}

#[test]
fn operations_are_two_for_every_multiply_add_of_the_affine_layers() {
    assert_eq!(Digits::FLOPS, 2 * (784 * 50 + 50 * 10));
    assert_eq!(Named::FLOPS, 2 * (3 * 16 + 16 * 2));
    assert_eq!(Whole::FLOPS, Named::FLOPS + 2 * (2 * 5 + 5));
    assert_eq!(Generic::<f64, 7>::FLOPS, 2 * 2 * 7 * 4);
}

#[test]
fn the_number_of_parameters_as_a_type_is_the_number() {
    assert_eq!(<Digits as Counted>::Params::USIZE, 39_760);
    assert_eq!(<Named as Counted>::Params::USIZE, Named::PARAMS);
    assert_eq!(<Whole as Counted>::Params::USIZE, Whole::PARAMS);
}

#[test]
fn bytes_are_the_sizes_of_what_is_used() {
    fn check<N: Network, O: Optimizer<N::Scalar>, const B: usize>() {
        let scalar = size_of::<N::Scalar>();
        assert_eq!(N::BYTES, size_of::<N>());
        assert_eq!(N::BYTES, scalar * N::PARAMS);
        assert_eq!(Inference::<N, B>::BYTES, size_of::<Inference<N, B>>());
        assert_eq!(Training::<N, O, B>::BYTES, size_of::<Training<N, O, B>>());

        let output = (scalar * N::OUTPUT * B).next_multiple_of(64);
        assert_eq!(Inference::<N, B>::BYTES, output + Inference::<N, B>::WORKSPACE_BYTES);
        // What is left are settings, the step counter, and padding up to the next multiple of the alignment.
        let parts = Training::<N, O, B>::GRADIENT_BYTES
            + Training::<N, O, B>::STATE_BYTES
            + Training::<N, O, B>::WORKSPACE_BYTES;
        let settings = size_of::<(O, Schedule<N::Scalar>, Clip<N::Scalar>, u32)>();
        let bytes = Training::<N, O, B>::BYTES;
        assert!((parts..=(parts + settings).next_multiple_of(64)).contains(&bytes), "{parts} + {settings}: {bytes}");
    }
    check::<Digits, Sgd<f32>, 1>();
    check::<Digits, Adam<f32>, 32>();
    check::<Whole, Momentum<f32>, 3>();
    check::<Generic<f64, 7>, Adam<f64>, 2>();

    let state = |scalars: usize| (4 * scalars).next_multiple_of(64);
    assert_eq!(Training::<Digits, Sgd<f32>, 1>::STATE_BYTES, 0);
    assert_eq!(Training::<Digits, Momentum<f32>, 1>::STATE_BYTES, state(39_760));
    assert_eq!(Training::<Digits, Adam<f32>, 1>::STATE_BYTES, state(2 * 39_760 + 2));
    assert_eq!(Training::<Digits, Sgd<f32>, 1>::GRADIENT_BYTES, state(39_760));
    assert_eq!(Inference::<Digits, 1>::WORKSPACE_BYTES, state(50));
}
