//! What the layers' docs say of single values.

use nalgebra::SVector;

use super::*;
use crate::layer::{InPlace, Keeps};

/// ∂y/∂x at x.
fn derivative(layer: &impl InPlace<f64>, x: f64) -> f64 {
    let (mut y, mut d) = ([SVector::from([x])], [SVector::from([1.0])]);
    layer.forward(&mut y);
    let kept = if keeps(layer) == Keeps::Input { [SVector::from([x])] } else { y };
    layer.backward(&kept, &mut d);
    d[0][0]
}

fn keeps<L: InPlace<f64>>(_: &L) -> Keeps {
    L::KEEPS
}

#[test]
fn at_a_kink_the_derivative_is_that_of_the_docs() {
    assert_eq!(derivative(&Relu, 0.0), 0.0);
    assert_eq!(derivative(&LeakyRelu(0.25), 0.0), 0.25);
    assert_eq!(derivative(&Elu(0.5), 0.0), 0.5);
    assert_eq!(derivative(&HardSwish, -3.0), 0.0);
    assert_eq!(derivative(&HardSwish, 3.0), 1.0);
}

#[test]
fn the_derivative_of_tanh_keeps_its_digits_where_tanh_is_close_to_1() {
    for y in [1.0 - 1.0 / 8192.0, 1.0 / 8192.0 - 1.0] {
        let mut d = [SVector::<f32, 1>::from([1.0])];
        InPlace::<f32>::backward(&Tanh, &[SVector::from([y])], &mut d);
        let expected = 1.0 - f64::from(y) * f64::from(y);
        assert!((f64::from(d[0][0]) / expected - 1.0).abs() < 1e-6, "{}, not {expected}", d[0][0]);
    }
}
