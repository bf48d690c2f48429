//! Outputs, logits, probabilities and classes, for one sample and for many.

use chainrule::prelude::*;

network! { Digits: 4 => Affine => Relu => 6 => Affine => Tanh => 3 => Affine => Silu => 5 => Affine => SoftmaxLoss => 3 }
network! { YesNo: 4 => Affine => SigmoidLoss => 2 }
network! { Regression: 4 => Affine => Softplus => 6 => Affine => HuberLoss(1.0) => 2 }
network! { Probabilities: 4 => Affine => Relu => 6 => Affine => Softmax => 3 }
network! { OnlyActivation: 4 => Tanh => 4 => Gelu }

fn inputs() -> Vec<SVector<f32, 4>> {
    let mut rng = Rng::new(1);
    (0..7).map(|_| SVector::from_fn(|_, _| rng.symmetric())).collect()
}

#[test]
fn many_samples_give_what_each_gives_alone_whatever_the_capacity() {
    let mut network = Digits::new();
    network.init(1);
    let x = inputs();
    let mut one = Inference::<Digits, 1>::new();
    let mut three = Inference::<Digits, 3>::new();
    let mut ten = Inference::<Digits, 10>::new();

    let mut logits = vec![SVector::zeros(); x.len()];
    let mut probabilities = logits.clone();
    let mut classes = vec![Class::new(0).unwrap(); x.len()];
    network.logits_batch(&x, &mut logits, &mut three).unwrap();
    network.probabilities_batch(&x, &mut probabilities, &mut ten).unwrap();
    network.classify_batch(&x, &mut classes, &mut three).unwrap();
    for (i, x) in x.iter().enumerate() {
        assert!((network.logits(x, &mut one) - logits[i]).norm() < 1e-6);
        assert!((network.probabilities(x, &mut three) - probabilities[i]).norm() < 1e-6);
        assert_eq!(network.classify(x, &mut ten), classes[i]);
        assert_eq!(classes[i].index(), logits[i].imax());
        assert!((probabilities[i].sum() - 1.0).abs() < 1e-6);
        let softmax = logits[i].map(f32::exp) / logits[i].map(f32::exp).sum();
        assert!((probabilities[i] - softmax).norm() < 1e-6);
    }
}

#[test]
fn the_probabilities_of_yes_no_outputs_are_sigmoids() {
    let mut network = YesNo::new();
    network.init(2);
    let mut memory = Inference::<YesNo, 1>::new();
    for x in inputs() {
        let logits = *network.logits(&x, &mut memory);
        let probabilities = network.probabilities(&x, &mut memory);
        assert!((probabilities - logits.map(|y| 1.0 / (1.0 + (-y).exp()))).norm() < 1e-6);
    }
}

#[test]
fn networks_without_logits_give_their_output() {
    let x = inputs();
    let mut network = Regression::new();
    network.init(3);
    let by_hand = |x: &SVector<f32, 4>| {
        let hidden = (network.affine1.weight * x + network.affine1.bias).map(|z| z.exp().ln_1p());
        network.affine2.weight * hidden + network.affine2.bias
    };
    let mut memory = Inference::<_, 2>::new();
    for x in &x {
        assert!((network.output(x, &mut memory) - by_hand(x)).norm() < 1e-5);
    }

    let mut network = Probabilities::new();
    network.init(3);
    let mut memory = Inference::<_, 2>::new();
    assert!((network.output(&x[0], &mut memory).sum() - 1.0).abs() < 1e-6);

    let y = *OnlyActivation::new().output(&SVector::from([0.0, 1.0, -1.0, 20.0]), &mut Inference::<_, 1>::new());
    assert!((y[3] - 0.841_344_8).abs() < 1e-6, "Φ(1) = {}", y[3]);
}

#[test]
fn a_slice_of_the_wrong_length_is_an_error_and_left_alone() {
    let mut network = Digits::new();
    network.init(1);
    let mut logits = [SVector::from([7.0; 3]); 2];
    let error = network.logits_batch(&inputs(), &mut logits, &mut Inference::<_, 2>::new()).unwrap_err();
    assert_eq!(error, LengthMismatch { inputs: 7, others: 2, of: "outputs" });
    assert_eq!(logits, [SVector::from([7.0; 3]); 2]);
}

#[test]
fn extreme_logits_give_finite_losses_and_probabilities() {
    let mut network = YesNo::new();
    network.affine1.weight.fill(1e4);
    let x = [SVector::from([1.0; 4]), SVector::from([-1.0; 4])];
    let d = [SVector::from([1.0, 0.0]), SVector::from([0.0, 1.0])];
    let mut memory = Inference::<YesNo, 2>::new();
    assert_eq!(memory.loss(&network, &x, &d).unwrap(), 4e4);
    assert_eq!(*network.probabilities(&x[1], &mut memory), SVector::from([0.0, 0.0]));

    let mut network = Digits::new();
    network.affine4.bias = SVector::from([1e30, 0.0, -1e30]);
    let mut memory = Inference::<Digits, 1>::new();
    assert_eq!(*network.probabilities(&SVector::<f32, 4>::zeros(), &mut memory), SVector::from([1.0, 0.0, 0.0]));
}

network! { Line: 1 => Affine => MseLoss => 1 }

#[test]
fn the_mean_loss_of_a_million_samples_is_as_accurate_as_that_of_one() {
    let n = 1_000_000;
    let (x, targets) = (vec![SVector::from([1.0f32]); n], vec![SVector::from([0.2f32.sqrt()]); n]);
    let mut network = Line::from_array([0.0, 0.0]);
    let one = Inference::<Line, 1>::new().loss(&network, &x[..1], &targets[..1]).unwrap();
    let close = |mean: f32| assert!((mean / one - 1.0).abs() < 1e-6, "{mean}, not {one}");
    close(Inference::<Line, 1>::new().loss(&network, &x, &targets).unwrap());
    close(Inference::<Line, 64>::boxed().loss(&network, &x, &targets).unwrap());
    close(Training::<Line, Sgd<f32>, 1>::new(Sgd::new(0.0)).backward(&network, &x, &targets).unwrap());
    close(Training::<Line, Sgd<f32>, 1000>::boxed(Sgd::new(0.0)).backward(&network, &x, &targets).unwrap());
    close(Online::<Line, 1>::new(0.0).epoch(&mut network, &x, &targets, 0..n).unwrap());
}

#[test]
fn one_infinite_loss_makes_the_mean_infinite() {
    let (x, targets) = ([SVector::from([1.0f32]); 3], [0.0, 3e38, 0.0].map(|d| SVector::from([d])));
    let network = Line::from_array([0.0, 0.0]);
    assert_eq!(Inference::<Line, 1>::new().loss(&network, &x, &targets).unwrap(), f32::INFINITY);
}
