use chainrule::layer_prelude::*;

#[derive(Params)]
#[repr(C)]
struct Gain<const N: usize>(SVector<f32, N>);

impl<const N: usize> Layer<f32, Width<N>, Width<N>> for Gain<N> {
    no_gradient!(f32, Width<N>, Width<N>);

    type Scratch = ();
    type Tape = ();

    fn infer(&self, _: &[SVector<f32, N>], _: &mut [SVector<f32, N>], _: ()) {}
    fn forward(&self, _: &[SVector<f32, N>], _: &mut [SVector<f32, N>], _: ()) {}
    fn backward_input(
        &self,
        _: &[SVector<f32, N>],
        _: &[SVector<f32, N>],
        _: &mut [SVector<f32, N>],
        _: &mut [SVector<f32, N>],
        _: (),
    ) {
    }
}

network! { Scaled: 3 => Gain<3> => 4 => Affine => 1 }

fn main() {}
