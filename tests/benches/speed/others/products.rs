//! Networks by a library that multiplies matrices: all else is written by hand, and the update is part of the product.

use std::hint::black_box;

use chainrule::params::flat;
use faer::linalg::matmul::matmul;
use faer::{Accum, MatMut, MatRef, Par};

use super::softmax_loss;
use crate::data::Samples;

/// A matrix in column-major order, or its transpose.
#[derive(Clone, Copy)]
pub enum Matrix<'a> {
    AsIs(&'a [f32]),
    Transposed(&'a [f32]),
}

/// The sizes of a product: an m×k matrix by a k×n matrix.
#[derive(Clone, Copy)]
pub struct Sizes {
    m: usize,
    k: usize,
    n: usize,
}

/// A library.
pub trait Library {
    /// C ← start · C + factor · A B, where `start` is 1 or 0.
    fn multiply(sizes: Sizes, factor: f32, a: Matrix<'_>, b: Matrix<'_>, accumulate: bool, c: &mut [f32]);
}

pub enum Faer {}

impl Library for Faer {
    fn multiply(Sizes { m, k, n }: Sizes, factor: f32, a: Matrix<'_>, b: Matrix<'_>, accumulate: bool, c: &mut [f32]) {
        fn view(matrix: Matrix<'_>, rows: usize, columns: usize) -> MatRef<'_, f32> {
            match matrix {
                Matrix::AsIs(a) => MatRef::from_column_major_slice(a, rows, columns),
                Matrix::Transposed(a) => MatRef::from_column_major_slice(a, columns, rows).transpose(),
            }
        }
        let start = if accumulate { Accum::Add } else { Accum::Replace };
        let c = MatMut::from_column_major_slice_mut(c, m, n);
        matmul(c, start, view(a, m, k), view(b, k, n), factor, Par::Seq);
    }
}

pub enum MatrixMultiply {}

impl Library for MatrixMultiply {
    fn multiply(Sizes { m, k, n }: Sizes, factor: f32, a: Matrix<'_>, b: Matrix<'_>, accumulate: bool, c: &mut [f32]) {
        fn strides(matrix: Matrix<'_>, rows: usize, columns: usize) -> (*const f32, isize, isize) {
            let (Matrix::AsIs(slice) | Matrix::Transposed(slice)) = matrix;
            assert_eq!(slice.len(), rows * columns);
            match matrix {
                Matrix::AsIs(a) => (a.as_ptr(), 1, rows as isize),
                Matrix::Transposed(a) => (a.as_ptr(), columns as isize, 1),
            }
        }
        assert_eq!(c.len(), m * n);
        let ((a, a_row, a_column), (b, b_row, b_column)) = (strides(a, m, k), strides(b, k, n));
        let start = if accumulate { 1.0 } else { 0.0 };
        // SAFETY: all three slices are as long as their matrices, as was just asserted.
        unsafe {
            matrixmultiply::sgemm(
                m,
                k,
                n,
                factor,
                a,
                a_row,
                a_column,
                b,
                b_row,
                b_column,
                start,
                c.as_mut_ptr(),
                1,
                m as isize,
            );
        }
    }
}

/// Affine layers with Relu between them, and SoftmaxLoss.
struct Chain {
    layers: Vec<Layer>,
    samples: usize,
}

struct Layer {
    inputs: usize,
    outputs: usize,
    weight: Buffer,
    bias: Vec<f32>,
    y: Buffer,
    dy: Buffer,
}

impl Chain {
    /// With the parameters of a network of chainrule.
    fn new(widths: &[usize], mut parameters: &[f32], samples: usize) -> Self {
        let mut take = |len| parameters.split_off(..len).unwrap();
        let layer = |width: &[usize]| {
            let (inputs, outputs) = (width[0], width[1]);
            let mut weight = Buffer::new(inputs * outputs);
            weight.as_mut_slice().copy_from_slice(take(inputs * outputs));
            let bias = take(outputs).to_vec();
            let (y, dy) = (Buffer::new(outputs * samples), Buffer::new(outputs * samples));
            Layer { inputs, outputs, weight, bias, y, dy }
        };
        Self { layers: widths.windows(2).map(layer).collect(), samples }
    }

    fn forward<L: Library>(&mut self, x: &[f32]) {
        let last = self.layers.len() - 1;
        for i in 0..=last {
            let (before, layers) = self.layers.split_at_mut(i);
            let Layer { inputs, outputs, weight, bias, y, .. } = &mut layers[0];
            let x = before.last().map_or(x, |before| before.y.as_slice());
            let y = y.as_mut_slice();
            y.chunks_exact_mut(*outputs).for_each(|y| y.copy_from_slice(bias));
            let sizes = Sizes { m: *outputs, k: *inputs, n: self.samples };
            L::multiply(sizes, 1.0, Matrix::AsIs(weight.as_slice()), Matrix::AsIs(x), true, y);
            if i < last {
                y.iter_mut().for_each(|y| *y = y.max(0.0));
            }
        }
    }

    /// The logits.
    fn infer<L: Library>(&mut self, x: &[f32]) -> &[f32] {
        self.forward::<L>(x);
        self.layers[self.layers.len() - 1].y.as_slice()
    }

    /// A step of gradient descent.
    fn step<L: Library>(&mut self, x: &[f32], labels: impl Iterator<Item = usize>, rate: f32) -> f32 {
        self.forward::<L>(x);
        let scale = 1.0 / self.samples as f32;
        let last = self.layers.len() - 1;
        let Layer { outputs, y, dy, .. } = &mut self.layers[last];
        dy.as_mut_slice().copy_from_slice(y.as_slice());
        let columns = dy.as_mut_slice().chunks_exact_mut(*outputs);
        let loss = columns.zip(labels).map(|(column, label)| softmax_loss(column, label, scale)).sum::<f32>();
        for i in (1..=last).rev() {
            let (before, layers) = self.layers.split_at_mut(i);
            let (Layer { y, dy: dx, .. }, Layer { inputs, outputs, weight, dy, .. }) = (&mut before[i - 1], &layers[0]);
            let sizes = Sizes { m: *inputs, k: *outputs, n: self.samples };
            let dx = dx.as_mut_slice();
            L::multiply(sizes, 1.0, Matrix::Transposed(weight.as_slice()), Matrix::AsIs(dy.as_slice()), false, dx);
            for (dx, &y) in dx.iter_mut().zip(y.as_slice()) {
                *dx = if y > 0.0 { *dx } else { 0.0 };
            }
        }
        for i in 0..=last {
            let (before, layers) = self.layers.split_at_mut(i);
            let Layer { inputs, outputs, weight, bias, dy, .. } = &mut layers[0];
            let x = before.last().map_or(x, |before| before.y.as_slice());
            let sizes = Sizes { m: *outputs, k: self.samples, n: *inputs };
            let dy = dy.as_slice();
            L::multiply(sizes, -rate, Matrix::AsIs(dy), Matrix::Transposed(x), true, weight.as_mut_slice());
            for dy in dy.chunks_exact(*outputs) {
                bias.iter_mut().zip(dy).for_each(|(b, dy)| *b -= rate * dy);
            }
        }
        loss * scale
    }
}

/// Training on mini-batches of `batch` samples after another, from the first again after the last.
pub fn training<'a, L: Library + 'a, const I: usize, const O: usize>(
    widths: &[usize],
    parameters: &[f32],
    samples: &'a Samples<I, O>,
    batch: usize,
    rate: f32,
) -> impl FnMut() -> f32 + use<'a, L, I, O> {
    let mut chain = Chain::new(widths, parameters, batch);
    let batches = samples.inputs.chunks_exact(batch).zip(samples.labels.chunks_exact(batch));
    let mut batches = batches.cycle();
    move || {
        let Some((x, labels)) = batches.next() else { return f32::NAN };
        chain.step::<L>(black_box(flat(x)), labels.iter().map(|label| label.index()), rate)
    }
}

/// Inference of one sample after another, from the first again after the last.
pub fn inference<'a, L: Library + 'a, const I: usize, const O: usize>(
    widths: &[usize],
    parameters: &[f32],
    samples: &'a Samples<I, O>,
) -> impl FnMut() -> f32 + use<'a, L, I, O> {
    let mut chain = Chain::new(widths, parameters, 1);
    let mut inputs = samples.inputs.iter().cycle();
    move || {
        let Some(x) = inputs.next() else { return f32::NAN };
        black_box(chain.infer::<L>(black_box(x.as_slice())))[0]
    }
}

/// Zeros that begin at a multiple of 64 bytes, as a network's memory does.
struct Buffer {
    memory: Vec<f32>,
    first: usize,
    len: usize,
}

impl Buffer {
    fn new(len: usize) -> Self {
        let memory = vec![0.0; len + 16];
        let first = memory.as_ptr().align_offset(64).min(16);
        Self { memory, first, len }
    }

    fn as_slice(&self) -> &[f32] {
        &self.memory[self.first..][..self.len]
    }

    fn as_mut_slice(&mut self) -> &mut [f32] {
        &mut self.memory[self.first..][..self.len]
    }
}
