use chainrule::prelude::*;

loss! { Cauchy(y, d) = ln(1 + powi(y - d, 2)) }

network! { Line: 2 => Affine => #[loss] Cauchy => 3 }

fn main() {
    let mut training = Training::<Line, Sgd<f32>, 1>::new(Sgd::new(0.1));
    let _ = training.step(&mut Line::new(), &[SVector::<f32, 2>::zeros()], &[Class::<3>::new(0).unwrap()]);
}
