use chainrule::layer_prelude::*;

#[derive(Params)]
#[repr(C)]
pub struct Gain<const N: usize>(SVector<f32, N>);

impl<const N: usize> Layer<f32, Width<N>, Width<N>> for Gain<N> {
    type Gradient = Self;
    type Scratch = ();
    type Tape = ();

    fn infer(&self, x: &[SVector<f32, N>], y: &mut [SVector<f32, N>], _: ()) {
        x.iter().zip(y).for_each(|(x, y)| *y = self.0.component_mul(x));
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
        x.iter().zip(dy).for_each(|(x, dy)| gradient.0 += x.component_mul(dy));
    }
}

network! { Scaled: 3 => Gain<3> => 3 => Affine => MseLoss => 1 }

fn main() {
    let mut network = Scaled::new();
    let mut training = Training::<Scaled, Sgd<f32>, 2>::new(Sgd::new(0.01));
    let mut memory = Inference::<Scaled, 1>::new();
    let _ = gradcheck(&mut training, &mut network, &mut memory, &[[1.0, 2.0, 3.0]], &[[1.0]]);
}
