//! What all optimisers have in common.

use super::*;

#[test]
fn settings_that_are_not_given_are_those_of_the_docs() {
    assert_eq!(Adam::new(0.5), Adam { learning_rate: 0.5f64, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 });
    assert_eq!(RmsProp::new(0.5), RmsProp { learning_rate: 0.5f64, decay: 0.99, epsilon: 1e-8 });
    assert_eq!(AdaGrad::new(0.5), AdaGrad { learning_rate: 0.5f64, epsilon: 1e-10 });
    assert_eq!(Adadelta::new(), Adadelta { learning_rate: 1.0f64, decay: 0.95, epsilon: 1e-6 });
}

#[test]
fn a_gradient_that_is_shorter_than_the_limit_is_left_alone_however_short_it_is() {
    let mut gradient = [1e-40f32, -3e-40, 0.0];
    Clip::Norm(0.5).apply(&mut gradient);
    assert_eq!(gradient, [1e-40, -3e-40, 0.0]);
}
