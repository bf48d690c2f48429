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
