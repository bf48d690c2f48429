//! From scalar and level to the code. The methods are not generic, so they are compiled with this crate, once
//! for all networks, and at its level of optimisation.

use super::level::Available;
#[cfg(any(test, debug_assertions))]
use super::looped::{Backward, Forward};
use super::scale::for_all_kinds;
use super::simd::Task;
use super::{affine, machine, map, update};
use crate::layer::Accumulate;
use crate::layers;
use crate::optim::{self, Slices, Step};
use crate::scalar::Scalar;

/// Names the optimisers, each with a kernel of its own.
macro_rules! for_all_optimizers {
    ($then:ident!()) => {
        $then! {
            adadelta: Adadelta;
            ada_grad: AdaGrad;
            adam: Adam;
            momentum: Momentum;
            nesterov: Nesterov;
            rms_prop: RmsProp;
            sgd: Sgd;
        }
    };
}

/// Names the activations, each with a kernel for its values and one for its derivatives.
macro_rules! for_all_activations {
    ($then:ident!()) => {
        $then! {
            elu, elu_backward: layers::Elu<Self>;
            gelu, gelu_backward: layers::Gelu;
            hard_swish, hard_swish_backward: layers::HardSwish;
            leaky_relu, leaky_relu_backward: layers::LeakyRelu<Self>;
            mish, mish_backward: layers::Mish;
            relu, relu_backward: layers::Relu;
            sigmoid, sigmoid_backward: layers::Sigmoid;
            silu, silu_backward: layers::Silu;
            softplus, softplus_backward: layers::Softplus;
            tanh_values, tanh_backward: layers::Tanh;
        }
    };
}

#[cfg(test)]
pub(super) use for_all_activations;

macro_rules! activation_declarations {
    ($($values:ident, $derivatives:ident: $layer:ty;)*) => {$(
        #[doc(hidden)]
        fn $values(at: Available, layer: $layer, xy: &mut [Self]);
        #[doc(hidden)]
        fn $derivatives(at: Available, layer: $layer, kept: &[Self], d: &mut [Self]);
    )*};
}

macro_rules! activation_definitions {
    ($($values:ident, $derivatives:ident: $layer:ty;)*) => {$(
        #[inline(never)]
        fn $values(at: Available, layer: $layer, xy: &mut [Self]) {
            map::values(at, layer, xy);
        }

        #[inline(never)]
        fn $derivatives(at: Available, layer: $layer, kept: &[Self], d: &mut [Self]) {
            map::derivatives(at, layer, kept, d);
        }
    )*};
}

macro_rules! scale_declarations {
    ($($scale:ident: $kind:ty;)*) => {$(
        #[doc(hidden)]
        fn $scale(at: Available, from: &[$kind], scale: (Self, Self), to: &mut [Self]);
    )*};
}

macro_rules! scale_definitions {
    ($($scale:ident: $kind:ty;)*) => {$(
        #[inline(never)]
        fn $scale(at: Available, from: &[$kind], scale: (Self, Self), to: &mut [Self]) {
            super::scale::scale(at, from, scale, to);
        }
    )*};
}

macro_rules! optimizer_declarations {
    ($($update:ident: $optimizer:ident;)*) => {$(
        #[doc(hidden)]
        fn $update(
            at: Available,
            optimizer: optim::$optimizer<Self>,
            step: Step<Self>,
            w: &mut [Self],
            gradient: &[Self],
            memory: Slices<'_, optim::$optimizer<Self>, Self>,
        ) where
            Self: Scalar;
    )*};
}

macro_rules! optimizer_definitions {
    ($($update:ident: $optimizer:ident;)*) => {$(
        #[inline(never)]
        fn $update(
            at: Available,
            optimizer: optim::$optimizer<Self>,
            step: Step<Self>,
            w: &mut [Self],
            gradient: &[Self],
            memory: Slices<'_, optim::$optimizer<Self>, Self>,
        ) {
            update::update(at, optimizer, step, w, gradient, memory);
        }
    )*};
}

/// The kernels of one scalar.
pub trait Kernels: Sized + Copy + 'static {
    /// Runs the task with the vectors of the level; returns false, having done nothing, if it has none.
    ///
    /// # Safety
    /// Every pointer in the task must be good for what the task does with it.
    #[doc(hidden)]
    unsafe fn vectorised<K: Task<Self>>(at: Available, task: K) -> bool;

    #[doc(hidden)]
    fn forward(at: Available, size: (usize, usize), weight: &[Self], bias: &[Self], x: &[Self], y: &mut [Self]);
    #[doc(hidden)]
    fn backward_input(at: Available, size: (usize, usize), weight: &[Self], dy: &[Self], dx: &mut [Self]);
    #[doc(hidden)]
    fn backward_weight(
        at: Available,
        size: (usize, usize),
        first: usize,
        x: &[Self],
        dy: &[Self],
        weight: &mut [Self],
        accumulate: Accumulate,
    );
    #[doc(hidden)]
    fn backward_bias(at: Available, outputs: usize, dy: &[Self], bias: &mut [Self], accumulate: Accumulate);
    #[doc(hidden)]
    fn descend_then_forward(
        at: Available,
        size: (usize, usize),
        parameters: (&mut [Self], &mut [Self]),
        sample: (&[Self], &[Self]),
        next: &[Self],
        y: &mut [Self],
    );
    /// # Safety
    /// As [`vectorised`](Self::vectorised).
    #[cfg(any(test, debug_assertions))]
    #[doc(hidden)]
    unsafe fn looped_forward(at: Available, task: Forward<Self>) -> bool;
    /// # Safety
    /// As [`vectorised`](Self::vectorised).
    #[cfg(any(test, debug_assertions))]
    #[doc(hidden)]
    unsafe fn looped_backward(at: Available, task: Backward<Self>) -> bool;
    #[doc(hidden)]
    fn all_finite(at: Available, values: &[Self]) -> bool;
    #[doc(hidden)]
    fn sum_of_squares(values: &[Self], scale: Self) -> Self;
    #[doc(hidden)]
    fn softmax(at: Available, width: usize, scale: Self, x: &mut [Self], log_sums: &mut [Self]);
    for_all_kinds!(scale_declarations!());
    for_all_optimizers!(optimizer_declarations!());
    for_all_activations!(activation_declarations!());
}

macro_rules! kernels {
    ($scalar:ty, $run:ident) => {
        impl Kernels for $scalar {
            #[inline(always)]
            unsafe fn vectorised<K: Task<Self>>(at: Available, task: K) -> bool {
                // SAFETY: an `Available` level is one that the machine has; the pointers are the caller's.
                unsafe { machine::$run(at.level(), task) }
            }

            #[inline(never)]
            fn forward(
                at: Available,
                size: (usize, usize),
                weight: &[Self],
                bias: &[Self],
                x: &[Self],
                y: &mut [Self],
            ) {
                affine::forward(at, size, weight, bias, x, y);
            }

            #[inline(never)]
            fn backward_input(at: Available, size: (usize, usize), weight: &[Self], dy: &[Self], dx: &mut [Self]) {
                affine::backward_input(at, size, weight, dy, dx);
            }

            #[inline(never)]
            fn backward_weight(
                at: Available,
                size: (usize, usize),
                first: usize,
                x: &[Self],
                dy: &[Self],
                weight: &mut [Self],
                accumulate: Accumulate,
            ) {
                affine::backward_weight(at, size, first, x, dy, weight, accumulate);
            }

            #[inline(never)]
            fn backward_bias(at: Available, outputs: usize, dy: &[Self], bias: &mut [Self], accumulate: Accumulate) {
                affine::backward_bias(at, outputs, dy, bias, accumulate);
            }

            #[inline(never)]
            fn descend_then_forward(
                at: Available,
                size: (usize, usize),
                parameters: (&mut [Self], &mut [Self]),
                sample: (&[Self], &[Self]),
                next: &[Self],
                y: &mut [Self],
            ) {
                affine::descend_then_forward(at, size, parameters, sample, next, y);
            }

            #[cfg(any(test, debug_assertions))]
            #[inline(never)]
            unsafe fn looped_forward(at: Available, task: Forward<Self>) -> bool {
                // SAFETY: the pointers are the caller's.
                unsafe { super::small::run(at, task) }
            }

            #[cfg(any(test, debug_assertions))]
            #[inline(never)]
            unsafe fn looped_backward(at: Available, task: Backward<Self>) -> bool {
                // SAFETY: the pointers are the caller's.
                unsafe { super::small::run(at, task) }
            }

            #[inline(never)]
            fn all_finite(at: Available, values: &[Self]) -> bool {
                update::all_finite(at, values)
            }

            #[inline(never)]
            fn sum_of_squares(values: &[Self], scale: Self) -> Self {
                update::sum_of_squares(values, scale)
            }

            #[inline(never)]
            fn softmax(at: Available, width: usize, scale: Self, x: &mut [Self], log_sums: &mut [Self]) {
                map::softmax(at, width, scale, x, log_sums);
            }

            for_all_kinds!(scale_definitions!());
            for_all_optimizers!(optimizer_definitions!());
            for_all_activations!(activation_definitions!());
        }
    };
}

kernels!(f32, run_f32);
kernels!(f64, run_f64);
