//! A layer that the library does not have.

use chainrule::layer_prelude::*;

/// `K` bumps over the space of the inputs: yⱼ = exp(−sⱼ² ‖x − cⱼ‖²), with centres c and sharpnesses s that
/// are learned.
///
/// # Shapes
/// x: `N`, y: `K`, c: `K` vectors of `N`, s: `K`.
///
/// # Source
/// Broomhead and Lowe, *Multivariable functional interpolation and adaptive networks*, Complex Systems 2
/// (1988).
#[derive(Params)]
#[repr(C)]
pub struct Radial<T, const N: usize, const K: usize> {
    centres: [SVector<T, N>; K],
    sharpness: SVector<T, K>,
}

impl<T: Scalar, const N: usize, const K: usize> Radial<T, N, K> {
    fn bumps(&self) -> impl Iterator<Item = (&SVector<T, N>, T)> {
        self.centres.iter().zip(self.sharpness.iter().copied())
    }
}

impl<T: Scalar, const N: usize, const K: usize> Layer<T, Width<N>, Width<K>> for Radial<T, N, K> {
    type Gradient = Self;
    type Scratch = ();
    type Tape = ();

    fn infer(&self, x: &[SVector<T, N>], y: &mut [SVector<T, K>], (): ()) {
        for (x, y) in x.iter().zip(y) {
            for (y, (c, s)) in y.iter_mut().zip(self.bumps()) {
                *y = (-s * s * squared_distance(x, c)).exp();
            }
        }
    }

    fn forward(&self, x: &[SVector<T, N>], y: &mut [SVector<T, K>], (): ()) {
        self.infer(x, y, ());
    }

    /// dx = −2 Σⱼ sⱼ² (x − cⱼ) yⱼ dyⱼ
    fn backward_input(
        &self,
        x: &[SVector<T, N>],
        y: &[SVector<T, K>],
        dy: &mut [SVector<T, K>],
        dx: &mut [SVector<T, N>],
        (): (),
    ) {
        self.backward_inner(x, y, dy, ());
        for ((x, dy), dx) in x.iter().zip(dy).zip(dx) {
            dx.fill(T::ZERO);
            for (&y_dy, (c, s)) in dy.iter().zip(self.bumps()) {
                let factor = -two::<T>() * s * s * y_dy;
                for ((dx, &x), &c) in dx.iter_mut().zip(x.iter()).zip(c.iter()) {
                    *dx += factor * (x - c);
                }
            }
        }
    }

    /// Turns dy into y ∘ dy, the factor that all derivatives share. It is called for the first layer of a
    /// chain, too, whose dx nobody needs.
    fn backward_inner(&self, _x: &[SVector<T, N>], y: &[SVector<T, K>], dy: &mut [SVector<T, K>], (): ()) {
        for (y, dy) in y.iter().zip(dy) {
            for (&y, dy) in y.iter().zip(dy.iter_mut()) {
                *dy *= y;
            }
        }
    }

    /// dcⱼ = 2 sⱼ² (x − cⱼ) yⱼ dyⱼ and dsⱼ = −2 sⱼ ‖x − cⱼ‖² yⱼ dyⱼ, summed over the samples.
    fn backward_params(
        &self,
        x: &[SVector<T, N>],
        y_dy: &[SVector<T, K>],
        gradient: &mut Self,
        accumulate: Accumulate,
        (): (),
    ) {
        accumulate.start(gradient);
        for (x, y_dy) in x.iter().zip(y_dy) {
            let Self { centres, sharpness } = gradient;
            let gradients = centres.iter_mut().zip(sharpness.iter_mut());
            for ((&y_dy, (c, s)), (dc, ds)) in y_dy.iter().zip(self.bumps()).zip(gradients) {
                let factor = two::<T>() * s * y_dy;
                *ds += -factor * squared_distance(x, c);
                for ((dc, &x), &c) in dc.iter_mut().zip(x.iter()).zip(c.iter()) {
                    *dc += factor * s * (x - c);
                }
            }
        }
    }

    fn trainable_mut(&mut self, visit: &mut impl FnMut(&mut [T])) {
        visit(self.as_mut_slice());
    }

    /// Centres anywhere in the square from −1 to 1, each bump about half as wide as that.
    fn init_params(&mut self, rng: &mut Rng) {
        for c in &mut self.centres {
            *c = SVector::from_fn(|_, _| rng.symmetric());
        }
        self.sharpness.fill(two());
    }
}

fn squared_distance<T: Scalar, const N: usize>(a: &SVector<T, N>, b: &SVector<T, N>) -> T {
    a.iter().zip(b.iter()).map(|(&a, &b)| (a - b) * (a - b)).sum()
}

fn two<T: Scalar>() -> T {
    T::from_f64(2.0)
}
