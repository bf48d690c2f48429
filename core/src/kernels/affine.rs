//! The three products of an affine layer: lengths are checked here, before any pointer is made of a slice.
//!
//! A slice that is too short for the sizes is the caller's mistake, which types make impossible for layers;
//! the call then does nothing.

use super::level::Available;
use super::portable;
use super::product::{ColumnSum, Product, Start, Steps};
use super::single::{MatrixVector, Outer, OuterThenProduct};
use super::thin;
use crate::layer::Accumulate;
use crate::scalar::Scalar;

/// How many columns of `rows` rows there are; as many as you like if they have no rows.
fn columns(len: usize, rows: usize) -> usize {
    len.checked_div(rows).unwrap_or(usize::MAX)
}

fn holds_matrix<T>(matrix: &[T], rows: usize, columns: usize) -> bool {
    rows.checked_mul(columns).is_some_and(|len| matrix.len() >= len)
}

#[inline(always)]
pub(super) fn forward<T: Scalar>(
    at: Available,
    (inputs, outputs): (usize, usize),
    weight: &[T],
    bias: &[T],
    x: &[T],
    y: &mut [T],
) {
    let samples = columns(x.len(), inputs).min(columns(y.len(), outputs));
    if outputs == 0 || bias.len() < outputs || !holds_matrix(weight, outputs, inputs) {
        return;
    }
    if samples == 1 {
        let start = Start::Column(bias.as_ptr());
        let (weight, x, y) = (weight.as_ptr(), x.as_ptr(), y.as_mut_ptr());
        // SAFETY: weight is outputs×inputs, bias has outputs elements, x and y hold a sample.
        if unsafe { T::vectorised(at, MatrixVector { m: outputs, k: inputs, weight, x, y, start }) } {
            return;
        }
    }
    let task = Product {
        m: outputs,
        n: samples,
        k: inputs,
        a: Steps { from: weight.as_ptr(), row: 1, column: outputs },
        b: Steps { from: x.as_ptr(), row: 1, column: inputs },
        c: y.as_mut_ptr(),
        c_column: outputs,
        start: Start::Column(bias.as_ptr()),
    };
    // SAFETY: weight is outputs×inputs, bias has outputs elements, x and y hold that many samples.
    if !unsafe { T::vectorised(at, thin::Forward(task)) } {
        portable::forward(samples, (inputs, outputs), weight, bias, x, y);
    }
}

#[inline(always)]
pub(super) fn backward_input<T: Scalar>(
    at: Available,
    (inputs, outputs): (usize, usize),
    weight: &[T],
    dy: &[T],
    dx: &mut [T],
) {
    let samples = columns(dy.len(), outputs).min(columns(dx.len(), inputs));
    if inputs == 0 || !holds_matrix(weight, outputs, inputs) {
        return;
    }
    if samples == 1 {
        let task = thin::Dots {
            m: 1,
            n: inputs,
            k: outputs,
            a: dy.as_ptr(),
            a_column: outputs,
            b: weight.as_ptr(),
            b_column: outputs,
            c: dx.as_mut_ptr(),
            c_column: 1,
            start: Start::Zero,
        };
        // SAFETY: weight is outputs×inputs, dy and dx hold a sample.
        if unsafe { T::vectorised(at, task) } {
            return;
        }
    }
    let task = Product {
        m: inputs,
        n: samples,
        k: outputs,
        a: Steps { from: weight.as_ptr(), row: outputs, column: 1 },
        b: Steps { from: dy.as_ptr(), row: 1, column: outputs },
        c: dx.as_mut_ptr(),
        c_column: inputs,
        start: Start::Zero,
    };
    // SAFETY: weight is outputs×inputs, dy and dx hold that many samples.
    if !unsafe { T::vectorised(at, task) } {
        portable::backward_input(samples, (inputs, outputs), weight, dy, dx);
    }
}

/// `weight` is the part of dW that begins with the column of input `first`.
#[inline(always)]
pub(super) fn backward_weight<T: Scalar>(
    at: Available,
    (inputs, outputs): (usize, usize),
    first: usize,
    x: &[T],
    dy: &[T],
    weight: &mut [T],
    accumulate: Accumulate,
) {
    let samples = columns(x.len(), inputs).min(columns(dy.len(), outputs));
    let count = columns(weight.len(), outputs).min(inputs.saturating_sub(first));
    if outputs == 0 || count == 0 {
        return;
    }
    if samples == 1 {
        let task = Outer {
            m: outputs,
            k: count,
            x: x.as_ptr().wrapping_add(first),
            dy: dy.as_ptr(),
            weight: weight.as_mut_ptr(),
            add: accumulate == Accumulate::Add,
        };
        // SAFETY: weight holds `count` columns, first + count ≤ inputs, x and dy hold a sample.
        if unsafe { T::vectorised(at, task) } {
            return;
        }
    }
    let task = Product {
        m: outputs,
        n: count,
        k: samples,
        a: Steps { from: dy.as_ptr(), row: 1, column: outputs },
        b: Steps { from: x.as_ptr().wrapping_add(first), row: inputs, column: 1 },
        c: weight.as_mut_ptr(),
        c_column: outputs,
        start: if accumulate == Accumulate::Replace { Start::Zero } else { Start::Current },
    };
    // SAFETY: weight holds `count` columns, first + count ≤ inputs, x and dy hold that many samples.
    if !unsafe { T::vectorised(at, thin::Weight(task)) } {
        portable::backward_weight(samples, (inputs, outputs), first, x, dy, weight, accumulate);
    }
}

#[inline(always)]
pub(super) fn backward_bias<T: Scalar>(
    at: Available,
    outputs: usize,
    dy: &[T],
    bias: &mut [T],
    accumulate: Accumulate,
) {
    if outputs == 0 || bias.len() < outputs {
        return;
    }
    let add = accumulate == Accumulate::Add;
    let samples = columns(dy.len(), outputs);
    if samples == 1 {
        // Done before a function for many of them is called.
        for (b, &d) in bias.iter_mut().zip(dy).take(outputs) {
            *b = if add { *b } else { T::ZERO } + d;
        }
        return;
    }
    let task = ColumnSum { m: outputs, n: samples, from: dy.as_ptr(), to: bias.as_mut_ptr(), add };
    // SAFETY: dy holds that many columns, and bias one.
    if !unsafe { T::vectorised(at, task) } {
        portable::backward_bias(outputs, dy, bias, accumulate);
    }
}

/// W += dy xᵀ and b += dy for one sample, then y = W x′ + b for the next one, x′.
#[inline(always)]
pub(super) fn descend_then_forward<T: Scalar>(
    at: Available,
    (inputs, outputs): (usize, usize),
    (weight, bias): (&mut [T], &mut [T]),
    (x, dy): (&[T], &[T]),
    next: &[T],
    y: &mut [T],
) {
    let samples = [x.len() >= inputs, next.len() >= inputs, dy.len() >= outputs, y.len() >= outputs];
    if outputs == 0 || bias.len() < outputs || !holds_matrix(weight, outputs, inputs) || samples.contains(&false) {
        return;
    }
    backward_bias(at, outputs, dy.get(..outputs).unwrap_or_default(), bias, Accumulate::Add);
    let (m, k, weight_at) = (outputs, inputs, weight.as_mut_ptr());
    let start = Start::Column(bias.as_ptr());
    let task = OuterThenProduct {
        outer: Outer { m, k, x: x.as_ptr(), dy: dy.as_ptr(), weight: weight_at, add: true },
        product: MatrixVector { m, k, weight: weight_at, x: next.as_ptr(), y: y.as_mut_ptr(), start },
    };
    // SAFETY: weight is outputs×inputs, bias has outputs elements, x, dy, next and y hold a sample.
    if !unsafe { T::vectorised(at, task) } {
        portable::backward_weight(1, (inputs, outputs), 0, x, dy, weight, Accumulate::Add);
        portable::forward(1, (inputs, outputs), weight, bias, next, y);
    }
}
