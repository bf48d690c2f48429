//! The function x²/20 + y² as the loss of a network whose only parameters are x and y.

use chainrule::layer_prelude::*;

/// Where every path starts.
pub const START: [f32; 2] = [-7.0, 2.0];

network! {
    /// Half of the squares of x/√10 and √2 y: x²/20 + y². The input does not matter.
    pub Bowl: 1 => Point => 2 => MseLoss
}

/// A point of the plane, stretched so that half the square of its length is the function.
#[derive(Params)]
#[repr(C)]
pub struct Point {
    pub at: SVector<f32, 2>,
}

fn stretch() -> SVector<f32, 2> {
    SVector::from([0.1, 2.0]).map(f32::sqrt)
}

impl Layer<f32, Width<1>, Width<2>> for Point {
    type Gradient = Self;
    type Scratch = ();
    type Tape = ();

    fn infer(&self, _: &[SVector<f32, 1>], y: &mut [SVector<f32, 2>], _: ()) {
        y.fill(self.at.component_mul(&stretch()));
    }

    fn forward(&self, x: &[SVector<f32, 1>], y: &mut [SVector<f32, 2>], _: ()) {
        self.infer(x, y, ());
    }

    fn backward_input(
        &self,
        _: &[SVector<f32, 1>],
        _: &[SVector<f32, 2>],
        _: &mut [SVector<f32, 2>],
        dx: &mut [SVector<f32, 1>],
        _: (),
    ) {
        dx.fill(SVector::zeros());
    }

    fn backward_params(
        &self,
        _: &[SVector<f32, 1>],
        dy: &[SVector<f32, 2>],
        gradient: &mut Self,
        accumulate: Accumulate,
        _: (),
    ) {
        accumulate.start(gradient);
        for dy in dy {
            gradient.at += dy.component_mul(&stretch());
        }
    }

    fn trainable_mut(&mut self, visit: &mut impl FnMut(&mut [f32])) {
        visit(self.as_mut_slice());
    }
}
