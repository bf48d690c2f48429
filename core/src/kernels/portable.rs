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

/// y += M v, with as many columns of M as v has elements. Sixteen rows at a time, whose sums stay in registers while the
/// columns pass by; they have names, so that they do when code is to be small, too.
fn add_products<T: Scalar>(matrix: &[T], v: impl Iterator<Item = T> + Clone, y: &mut [T]) {
    let rows = y.len().max(1);
    let (blocks, rest) = y.as_chunks_mut();
    let mut below = matrix;
    for block in blocks {
        let [
            mut a,
            mut b,
            mut c,
            mut d,
            mut e,
            mut f,
            mut g,
            mut h,
            mut i,
            mut j,
            mut k,
            mut l,
            mut m,
            mut n,
            mut o,
            mut p,
        ] = *block;
        for (column, v) in below.chunks(rows).zip(v.clone()) {
            let Some(w) = column.first_chunk::<16>() else { break };
            a += w[0] * v;
            b += w[1] * v;
            c += w[2] * v;
            d += w[3] * v;
            e += w[4] * v;
            f += w[5] * v;
            g += w[6] * v;
            h += w[7] * v;
            i += w[8] * v;
            j += w[9] * v;
            k += w[10] * v;
            l += w[11] * v;
            m += w[12] * v;
            n += w[13] * v;
            o += w[14] * v;
            p += w[15] * v;
        }
        *block = [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p];
        below = below.get(16..).unwrap_or_default();
    }
    for y in rest {
        let row = below.iter().step_by(rows);
        *y = row.zip(v.clone()).fold(*y, |sum, (&m, v)| sum + m * v);
        below = below.get(1..).unwrap_or_default();
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
