//! The three products of an affine layer in plain Rust, in an order that the sizes alone decide.

use crate::layer::Accumulate;
use crate::scalar::Scalar;

/// y = W x + b for every sample.
pub(super) fn forward<T: Scalar>(
    samples: usize,
    (inputs, outputs): (usize, usize),
    weight: &[T],
    bias: &[T],
    x: &[T],
    y: &mut [T],
) {
    let mut x = x;
    for y in columns_mut(y, outputs).take(samples) {
        for (y, &b) in y.iter_mut().zip(bias) {
            *y = b;
        }
        let (column, rest) = x.split_at(inputs.min(x.len()));
        add_products(weight, column.iter().copied(), y);
        x = rest;
    }
}

/// dx = Wᵀ dy for every sample.
pub(super) fn backward_input<T: Scalar>(
    samples: usize,
    (inputs, outputs): (usize, usize),
    weight: &[T],
    dy: &[T],
    dx: &mut [T],
) {
    if outputs == 0 {
        return columns_mut(dx, inputs).take(samples).for_each(|dx| dx.fill(T::ZERO));
    }
    for (dy, dx) in columns(dy, outputs).zip(columns_mut(dx, inputs)).take(samples) {
        for (dx, column) in dx.iter_mut().zip(columns(weight, outputs)) {
            *dx = dot(column, dy);
        }
    }
}

/// dW = dy xᵀ summed over the samples, for the inputs from `first` on.
pub(super) fn backward_weight<T: Scalar>(
    samples: usize,
    (inputs, outputs): (usize, usize),
    first: usize,
    x: &[T],
    dy: &[T],
    weight: &mut [T],
    accumulate: Accumulate,
) {
    for (input, column) in columns_mut(weight, outputs).enumerate().take(inputs.saturating_sub(first)) {
        if accumulate == Accumulate::Replace {
            column.fill(T::ZERO);
        }
        let x_of_input = x.iter().skip(first + input).step_by(inputs.max(1)).take(samples).copied();
        add_products(dy, x_of_input, column);
    }
}

/// db = dy summed over the samples.
pub(super) fn backward_bias<T: Scalar>(outputs: usize, dy: &[T], bias: &mut [T], accumulate: Accumulate) {
    let Some(bias) = bias.get_mut(..outputs) else { return };
    if accumulate == Accumulate::Replace {
        bias.fill(T::ZERO);
    }
    for dy in columns(dy, outputs) {
        for (b, &dy) in bias.iter_mut().zip(dy) {
            *b += dy;
        }
    }
}

/// The columns of a matrix of `rows` rows.
fn columns<T>(matrix: &[T], rows: usize) -> impl Iterator<Item = &[T]> {
    matrix.chunks_exact(rows.max(1)).take(if rows == 0 { 0 } else { usize::MAX })
}

fn columns_mut<T>(matrix: &mut [T], rows: usize) -> impl Iterator<Item = &mut [T]> {
    matrix.chunks_exact_mut(rows.max(1)).take(if rows == 0 { 0 } else { usize::MAX })
}

/// y += M v, with as many columns of M as v has elements. Four columns at a time, so that y is loaded and
/// stored once for four of them.
fn add_products<T: Scalar>(matrix: &[T], mut v: impl Iterator<Item = T>, y: &mut [T]) {
    let rows = y.len();
    if rows == 0 {
        return;
    }
    let mut fours = matrix.chunks_exact(4 * rows);
    for four in fours.by_ref() {
        let (Some(a), b, c, d) = (v.next(), v.next(), v.next(), v.next()) else { return };
        let (Some(b), Some(c), Some(d)) = (b, c, d) else {
            let rest = [Some(a), b, c, d].into_iter().flatten();
            return columns(four, rows).zip(rest).for_each(|(column, v)| add_product(column, v, y));
        };
        let (m0, four) = four.split_at(rows);
        let (m1, four) = four.split_at(rows);
        let (m2, m3) = four.split_at(rows);
        for ((((y, &m0), &m1), &m2), &m3) in y.iter_mut().zip(m0).zip(m1).zip(m2).zip(m3) {
            *y = (((*y + m0 * a) + m1 * b) + m2 * c) + m3 * d;
        }
    }
    for (column, v) in columns(fours.remainder(), rows).zip(v) {
        add_product(column, v, y);
    }
}

fn add_product<T: Scalar>(column: &[T], v: T, y: &mut [T]) {
    for (y, &m) in y.iter_mut().zip(column) {
        *y += m * v;
    }
}

/// Σ aᵢ bᵢ in eight sums side by side, which vector units can do and whose order is fixed.
fn dot<T: Scalar>(a: &[T], b: &[T]) -> T {
    let mut sums = [T::ZERO; 8];
    let (mut a8, mut b8) = (a.chunks_exact(8), b.chunks_exact(8));
    for (a, b) in a8.by_ref().zip(b8.by_ref()) {
        for ((sum, &a), &b) in sums.iter_mut().zip(a).zip(b) {
            *sum += a * b;
        }
    }
    for ((sum, &a), &b) in sums.iter_mut().zip(a8.remainder()).zip(b8.remainder()) {
        *sum += a * b;
    }
    let [a, b, c, d, e, f, g, h] = sums;
    ((a + e) + (c + g)) + ((b + f) + (d + h))
}
