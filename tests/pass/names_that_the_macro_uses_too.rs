#![allow(dead_code, non_camel_case_types, non_upper_case_globals, unused_imports)]

mod empty {
    struct Layer;
    struct Link;
    struct Network;
    struct Params;
    struct Shape;
    struct Takes;
    struct Trainable;
    struct View;
    struct Width;
    struct Affine;
    struct Relu;
    struct Scalar;
    struct Result;
    struct Option;
    struct B;
    struct S;
    const M: usize = 1;
    const N: usize = 2;
    mod core {}
    mod std {}
    mod nalgebra {}

    chainrule::network! { x: 2 => Affine => Relu => M => Affine => Tanh => N => Affine => SoftmaxLoss => 3 }
    chainrule::network! { Open<T, const K: usize>: K => Affine => Relu => N => Affine => MseLoss => K }

    pub fn check() {
        let _ = (x::new(), Open::<f32, 3>::new());
    }
}

/// Every name of a variable that a reader of the expansion may think of, as a constant, a unit struct, a static or a variant: each
/// would turn a pattern into a comparison.
mod variables {
    use chainrule::layer_prelude::*;

    const x: usize = 1;
    const y: f32 = 1.0;
    struct dy;
    struct dx;
    static tape: usize = 1;
    struct scratch;
    struct part;
    const gradient: &str = "";
    struct accumulate;
    static next: u8 = 1;
    struct visit;
    struct rng;
    struct layer;
    struct parameters;
    struct a;
    struct b;
    struct number;
    struct d;
    struct graph;
    struct each;
    struct xy;
    struct kept;
    struct target;
    struct scale;
    struct y_affine1;
    struct dy_affine1;
    struct in_gain1;
    struct exp1;
    struct mul1;
    struct neg1;
    enum Axis {
        z,
        x_axis,
        losses,
        keeps,
    }
    use Axis::*;

    #[derive(Params)]
    #[repr(C)]
    pub struct Gain<const N: usize>(SVector<f32, N>);

    impl<const N: usize> Layer<f32, Width<N>, Width<N>> for Gain<N> {
        type Gradient = Self;
        type Scratch = ();
        type Tape = ();

        fn infer(&self, xs: &[SVector<f32, N>], ys: &mut [SVector<f32, N>], _: ()) {
            for (from, to) in xs.iter().zip(ys) {
                *to = self.0.component_mul(from);
            }
        }

        fn forward(&self, xs: &[SVector<f32, N>], ys: &mut [SVector<f32, N>], _: ()) {
            self.infer(xs, ys, ());
        }

        fn backward_input(
            &self,
            _: &[SVector<f32, N>],
            _: &[SVector<f32, N>],
            dys: &mut [SVector<f32, N>],
            dxs: &mut [SVector<f32, N>],
            _: (),
        ) {
            self.infer(dys, dxs, ());
        }

        fn backward_params(
            &self,
            xs: &[SVector<f32, N>],
            dys: &[SVector<f32, N>],
            sum: &mut Self,
            how: Accumulate,
            _: (),
        ) {
            how.start(sum);
            for (from, change) in xs.iter().zip(dys) {
                sum.0 += from.component_mul(change);
            }
        }

        fn trainable_mut(&mut self, change: &mut impl FnMut(&mut [f32])) {
            change(self.as_mut_slice());
        }
    }

    /// A layer that is made from a constant named as the macro's input once was.
    pub struct Scale(f32);

    impl<const N: usize> Layer<f32, Width<N>, Width<N>> for Scale {
        chainrule::no_gradient!(f32, Width<N>, Width<N>);

        type Scratch = ();
        type Tape = ();

        fn infer(&self, xs: &[SVector<f32, N>], ys: &mut [SVector<f32, N>], _: ()) {
            for (from, to) in xs.iter().zip(ys) {
                *to = from * self.0;
            }
        }

        fn forward(&self, xs: &[SVector<f32, N>], ys: &mut [SVector<f32, N>], _: ()) {
            self.infer(xs, ys, ());
        }

        fn backward_input(
            &self,
            _: &[SVector<f32, N>],
            _: &[SVector<f32, N>],
            dys: &mut [SVector<f32, N>],
            dxs: &mut [SVector<f32, N>],
            _: (),
        ) {
            self.infer(dys, dxs, ());
        }
    }

    activation! { pub Wave(x) = exp(-(x * x)) }
    loss! { pub Cauchy(y, d) = ln(1 + powi(y - d, 2)) }
    graph! { Product(apple, apples) = exp(-apple * apples) * apple }

    network! { Small: 2 => Affine => Relu => 3 => Affine => SoftmaxLoss => 3 }
    network! {
        All: 2 => Affine => Relu => 4 => Gain<4> => Scale(y) => Gelu => Affine => 3 => Wave => #[frozen] Affine => 2 => Affine
            => #[loss] Cauchy => 2
    }
    network! { Outer<const n: usize>: n => Affine => Tanh => 2 => All => 2 => Affine => HuberLoss(y) => n }

    pub fn check() {
        assert_eq!(Small::PARAMS, 21);
        assert!(Wave::gradient_check().relative < 1e-6);
        assert!(Cauchy::gradient_check().relative < 1e-6);
        let _ = (All::new(), Outer::<3>::new(), Product::forward(1.0, 2.0).backward());
    }
}

/// Types of the names that the macro gives to what it hides.
mod types {
    use chainrule::prelude::*;

    mod n {
        pub struct K;
    }
    struct Wide;
    struct HEIGHT;
    struct K;

    activation! { pub NetGradient(x) = sin(x) }
    activation! { pub __gain1(x) = cos(x) }
    activation! { pub WaveGraph(x) = sin(x) }
    activation! { pub Wave(x) = sin(x) }

    network! { Net: 2 => Affine => 3 => NetGradient => #[layer] __gain1 => WaveGraph => Wave => Affine => MseLoss => 1 }
    // A type of the same name as a const parameter, or as the network itself.
    network! { Width<const K: usize, const HEIGHT: usize>: K => Affine => HEIGHT => Wave => Affine => MseLoss => K }
    network! { N<const N: usize>: N => Affine => MseLoss => 1 }
    network! { Inner<T, const Wide: usize>: Wide => Affine => Tanh => Wide }
    network! { Twice: 2 => Inner<f32, 2> => Inner<f32, 2> => Affine => MseLoss => 1 }

    pub fn check() {
        let _ = (Net::new(), Width::<2, 3>::new(), N::<2>::new(), Twice::new());
        let _: fn(&Net) -> usize = |_| Net::PARAMS;
    }
}

/// Layers whose fields would have one name.
mod fields {
    use chainrule::prelude::*;

    activation! { pub Gain(x) = sin(x) }
    activation! { pub Gain1(x) = sin(x) }
    activation! { pub r#type(x) = sin(x) }

    network! {
        Net: 2 => Gain1 => Gain => Gain => Gain => Gain => Gain => Gain => Gain => Gain => Gain => Gain => Gain => #[layer] r#type
            => Affine => MseLoss => 1
    }
    network! { r#match: 2 => Affine => MseLoss => 1 }

    pub fn check() {
        let _ = (Net::new(), r#match::new());
    }
}

fn main() {
    empty::check();
    variables::check();
    types::check();
    fields::check();
}
