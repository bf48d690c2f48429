//! Networks as they are written with nalgebra's fixed-size matrices, without a further library.

use std::hint::black_box;

use chainrule::Class;
use chainrule::nalgebra::{SMatrix, SVector};
use chainrule::params::flat;

use super::softmax_loss;
use crate::data::Samples;

/// A network.
pub trait Plain<const I: usize, const O: usize>: Sized {
    /// How many values go in, flow between layers, and come out.
    const WIDTHS: &'static [usize];

    /// With the parameters of a network of chainrule.
    fn new(parameters: &[f32]) -> Box<Self>;

    /// The logits.
    fn infer(&self, x: &SVector<f32, I>, activation: impl Fn(f32) -> f32) -> SVector<f32, O>;

    /// A step of gradient descent, with Relu between the layers.
    fn step<const B: usize>(&mut self, x: &SMatrix<f32, I, B>, labels: &[Class<O>; B], rate: f32) -> f32;
}

/// I => Affine => Relu => H => Affine => SoftmaxLoss => O
pub struct TwoLayers<const I: usize, const H: usize, const O: usize> {
    w1: SMatrix<f32, H, I>,
    b1: SVector<f32, H>,
    w2: SMatrix<f32, O, H>,
    b2: SVector<f32, O>,
}

/// I => Affine => Relu => H => Affine => Relu => H => Affine => SoftmaxLoss => O
pub struct ThreeLayers<const I: usize, const H: usize, const O: usize> {
    w1: SMatrix<f32, H, I>,
    b1: SVector<f32, H>,
    w2: SMatrix<f32, H, H>,
    b2: SVector<f32, H>,
    w3: SMatrix<f32, O, H>,
    b3: SVector<f32, O>,
}

impl<const I: usize, const H: usize, const O: usize> Plain<I, O> for TwoLayers<I, H, O> {
    const WIDTHS: &'static [usize] = &[I, H, O];

    fn new(mut parameters: &[f32]) -> Box<Self> {
        let from = &mut parameters;
        Box::new(Self { w1: take(from), b1: take(from), w2: take(from), b2: take(from) })
    }

    fn infer(&self, x: &SVector<f32, I>, activation: impl Fn(f32) -> f32) -> SVector<f32, O> {
        let h = (self.w1 * x + self.b1).map(activation);
        self.w2 * h + self.b2
    }

    fn step<const B: usize>(&mut self, x: &SMatrix<f32, I, B>, labels: &[Class<O>; B], rate: f32) -> f32 {
        let h = affine(&self.w1, &self.b1, x).map(relu);
        let (loss, dy) = softmax_losses(affine(&self.w2, &self.b2, &h), labels);
        let dh = self.w2.tr_mul(&dy).zip_map(&h, relu_backward);
        self.w2 -= dy * h.transpose() * rate;
        self.b2 -= dy.column_sum() * rate;
        self.w1 -= dh * x.transpose() * rate;
        self.b1 -= dh.column_sum() * rate;
        loss
    }
}

impl<const I: usize, const H: usize, const O: usize> Plain<I, O> for ThreeLayers<I, H, O> {
    const WIDTHS: &'static [usize] = &[I, H, H, O];

    fn new(mut parameters: &[f32]) -> Box<Self> {
        let from = &mut parameters;
        let (w1, b1, w2, b2) = (take(from), take(from), take(from), take(from));
        Box::new(Self { w1, b1, w2, b2, w3: take(from), b3: take(from) })
    }

    fn infer(&self, x: &SVector<f32, I>, activation: impl Fn(f32) -> f32) -> SVector<f32, O> {
        let h = (self.w1 * x + self.b1).map(&activation);
        let g = (self.w2 * h + self.b2).map(&activation);
        self.w3 * g + self.b3
    }

    fn step<const B: usize>(&mut self, x: &SMatrix<f32, I, B>, labels: &[Class<O>; B], rate: f32) -> f32 {
        let h = affine(&self.w1, &self.b1, x).map(relu);
        let g = affine(&self.w2, &self.b2, &h).map(relu);
        let (loss, dy) = softmax_losses(affine(&self.w3, &self.b3, &g), labels);
        let dg = self.w3.tr_mul(&dy).zip_map(&g, relu_backward);
        let dh = self.w2.tr_mul(&dg).zip_map(&h, relu_backward);
        self.w3 -= dy * g.transpose() * rate;
        self.b3 -= dy.column_sum() * rate;
        self.w2 -= dg * h.transpose() * rate;
        self.b2 -= dg.column_sum() * rate;
        self.w1 -= dh * x.transpose() * rate;
        self.b1 -= dh.column_sum() * rate;
        loss
    }
}

/// The next parameters as a matrix.
fn take<const R: usize, const C: usize>(parameters: &mut &[f32]) -> SMatrix<f32, R, C> {
    let (matrix, rest) = parameters.split_at(R * C);
    *parameters = rest;
    SMatrix::from_column_slice(matrix)
}

pub fn relu(x: f32) -> f32 {
    x.max(0.0)
}

fn relu_backward(dy: f32, y: f32) -> f32 {
    if y > 0.0 { dy } else { 0.0 }
}

/// W x + b for every column of x.
fn affine<const I: usize, const O: usize, const B: usize>(
    w: &SMatrix<f32, O, I>,
    b: &SVector<f32, O>,
    x: &SMatrix<f32, I, B>,
) -> SMatrix<f32, O, B> {
    let mut y = w * x;
    for mut column in y.column_iter_mut() {
        column += b;
    }
    y
}

/// The mean loss, and its gradient with respect to the logits.
fn softmax_losses<const O: usize, const B: usize>(
    mut logits: SMatrix<f32, O, B>,
    labels: &[Class<O>; B],
) -> (f32, SMatrix<f32, O, B>) {
    let scale = 1.0 / B as f32;
    let columns = logits.as_mut_slice().chunks_exact_mut(O);
    let loss = columns.zip(labels).map(|(column, label)| softmax_loss(column, label.index(), scale)).sum::<f32>();
    (loss * scale, logits)
}

/// Training on mini-batches of `B` samples after another, from the first again after the last.
pub fn training<'a, P: Plain<I, O> + 'a, const B: usize, const I: usize, const O: usize>(
    parameters: &[f32],
    samples: &'a Samples<I, O>,
    rate: f32,
) -> impl FnMut() -> f32 + use<'a, P, B, I, O> {
    let mut network = P::new(parameters);
    let inputs = samples.inputs.chunks_exact(B).map(|x| SMatrix::from_column_slice(flat(x))).collect::<Vec<_>>();
    let labels = samples.labels.as_chunks::<B>().0;
    let mut next = 0;
    move || {
        let loss = network.step::<B>(black_box(&inputs[next]), black_box(&labels[next]), rate);
        next = (next + 1) % inputs.len();
        loss
    }
}

/// Inference of one sample after another, from the first again after the last.
pub fn inference<'a, P: Plain<I, O> + 'a, A: Fn(f32) -> f32 + 'a, const I: usize, const O: usize>(
    parameters: &[f32],
    samples: &'a Samples<I, O>,
    activation: A,
) -> impl FnMut() -> f32 + use<'a, P, A, I, O> {
    let network = P::new(parameters);
    let mut inputs = samples.inputs.iter().cycle();
    move || inputs.next().map_or(0.0, |x| black_box(black_box(&*network).infer(black_box(x), &activation))[0])
}
