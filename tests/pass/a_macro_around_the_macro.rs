use chainrule::prelude::*;

macro_rules! classifier {
    ($name:ident, $hidden:literal, $activation:ident, $classes:expr) => {
        network! { $name: 4 => Affine => $activation => $hidden => Affine => SoftmaxLoss => 3 }
        const _: usize = $classes;
    };
}

classifier!(Iris, 8, Relu, 3);

/// Everything that can be handed on, as an expression, a literal, a type or a path.
macro_rules! of_all {
    (
        $(#[$attr:meta])* $vis:vis $name:ident<$scalar:ty>: $input:expr, $hidden:literal, $constant:expr, $slope:expr,
        $delta:literal, $init:expr, $deviation:expr, $layer:ty, $path:path, $argument:expr, $bytes:literal
    ) => {
        network! {
            $(#[$attr])*
            #[budget(flash = $bytes KiB)]
            $vis $name<$scalar>: $input => Affine(init = $init) => LeakyRelu($slope) => $hidden
                => Affine($init) => $constant => $layer => $path($argument)
                => Affine(init = Normal($deviation)) => Elu($delta) => $hidden => Affine => HuberLoss($delta) => $input
        }
    };
}

const WIDTH: usize = 5;

activation! { pub Wave(x) = sin(x) }

mod scaled {
    use chainrule::layer_prelude::*;

    pub struct Scale(pub f32);

    impl<const N: usize> Layer<f32, Width<N>, Width<N>> for Scale {
        chainrule::no_gradient!(f32, Width<N>, Width<N>);

        type Scratch = ();
        type Tape = ();

        fn infer(&self, x: &[SVector<f32, N>], y: &mut [SVector<f32, N>], _: ()) {
            for (x, y) in x.iter().zip(y) {
                *y = x * self.0;
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
}

of_all! {
    /// Documented.
    pub All<f32>: 4, 8, WIDTH, 0.1, 1.0, XavierNormal, 0.1, Wave, scaled::Scale, -(1.0 + 0.5), 160
}

macro_rules! formulas {
    ($swish:ident, $factor:expr, $loss:ident, $power:literal, $limit:expr) => {
        activation! { $swish(x) = x * sigmoid(2 * $factor * x) }
        loss! { $loss(y, d) = powi(y - d, $power) + min($limit, 0) }
    };
}

formulas!(Scaled, 1.0 + 0.5, Quartic, 4, -1.0);

fn main() {
    assert_eq!(Iris::PARAMS, 67);
    assert_eq!(All::PARAMS, 40 + 45 + 48 + 36);
    assert_eq!(Scaled::graph(1.0_f64).output(), 1.0 / (1.0 + (-3.0_f64).exp()));
    assert_eq!(Quartic::graph(2.0_f64, 0.0).output(), 15.0);
}
