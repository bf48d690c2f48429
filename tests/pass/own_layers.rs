#![forbid(unsafe_code)]
#![deny(warnings)]

use chainrule::layer_prelude::*;

#[derive(Params)]
#[repr(C)]
pub struct Gain<const N: usize>(SVector<f32, N>);

impl<const N: usize> Layer<f32, Width<N>, Width<N>> for Gain<N> {
    type Gradient = Self;
    type Scratch = ();
    type Tape = ();

    fn infer(&self, x: &[SVector<f32, N>], y: &mut [SVector<f32, N>], _: ()) {
        for (x, y) in x.iter().zip(y) {
            *y = self.0.component_mul(x);
        }
    }

    fn forward(&self, x: &[SVector<f32, N>], y: &mut [SVector<f32, N>], _: ()) {
        self.infer(x, y, ());
    }

    fn backward_input(
        &self,
        _: &[SVector<f32, N>],
        _: &[SVector<f32, N>],
        dy: &mut [SVector<f32, N>],
        dx: &mut [SVector<f32, N>],
        _: (),
    ) {
        self.infer(dy, dx, ());
    }

    fn backward_params(
        &self,
        x: &[SVector<f32, N>],
        dy: &[SVector<f32, N>],
        gradient: &mut Self,
        accumulate: Accumulate,
        _: (),
    ) {
        accumulate.start(gradient);
        for (x, dy) in x.iter().zip(dy) {
            gradient.0 += x.component_mul(dy);
        }
    }

    fn trainable_mut(&mut self, visit: &mut impl FnMut(&mut [f32])) {
        visit(self.as_mut_slice());
    }
}

/// yᵢ = factor · xᵢ.
pub struct Scale<const TIMES: usize>(f32);

impl<const N: usize, const TIMES: usize> Layer<f32, Width<N>, Width<N>> for Scale<TIMES> {
    no_gradient!(f32, Width<N>, Width<N>);

    type Scratch = ();
    type Tape = ();

    fn infer(&self, x: &[SVector<f32, N>], y: &mut [SVector<f32, N>], _: ()) {
        for (x, y) in x.iter().zip(y) {
            *y = x * self.0 * TIMES as f32;
        }
    }

    fn forward(&self, x: &[SVector<f32, N>], y: &mut [SVector<f32, N>], _: ()) {
        self.infer(x, y, ());
    }

    fn backward_input(
        &self,
        _: &[SVector<f32, N>],
        _: &[SVector<f32, N>],
        dy: &mut [SVector<f32, N>],
        dx: &mut [SVector<f32, N>],
        _: (),
    ) {
        self.infer(dy, dx, ());
    }
}

mod deeper {
    pub use super::{Gain as Dense, Scale};
}

network! { Kept: 3 => Gain<3> => #[frozen] self::deeper::Dense<3> => 3 => Affine => 2 => Gain<2> => MseLoss => 2 }
network! { Made: 3 => Affine => 4 => Scale<2>(0.5) => deeper::Scale<3>(2.0) => Affine => MseLoss => 1 }

fn main() {
    let mut memory = Inference::<Made, 1>::new();
    assert_eq!(Made::new().output(&[1.0, 2.0, 3.0], &mut memory)[0], 0.0);
    assert_eq!(Kept::LAYERS.iter().map(|layer| layer.trainable).collect::<Vec<_>>(), [3, 0, 8, 2]);
}
