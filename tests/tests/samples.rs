//! Many samples against each of them alone, and slices that do not fit.

use std::error::Error;

use chainrule::prelude::*;

network! { Values<f64>: 3 => Affine => Tanh => 4 => Affine => MseLoss => 2 }
network! { Digits: 3 => Affine => Tanh => 5 => Affine => SoftmaxLoss => 3 }

type Samples = (Vec<SVector<f64, 3>>, Vec<SVector<f64, 2>>);

fn samples(n: usize) -> Samples {
    let mut rng = Rng::new(3);
    let x = (0..n).map(|_| SVector::from_fn(|_, _| rng.symmetric())).collect();
    let targets = (0..n).map(|_| SVector::from_fn(|_, _| rng.symmetric())).collect();
    (x, targets)
}

/// A mean loss and its gradient.
type Step = (f64, Vec<f64>);

/// Those of a mini-batch, with a capacity of `B`.
fn step<const B: usize>(network: &Values, x: &[SVector<f64, 3>], targets: &[SVector<f64, 2>]) -> Step {
    let mut training = Training::<Values, Sgd<f64>, B>::new(Sgd::new(0.1));
    let loss = training.backward(network, x, targets).unwrap();
    (loss, training.gradient().as_slice().to_vec())
}

fn check<const B: usize>() {
    let mut network = Values::new();
    network.init(1);
    let (x, targets) = samples(2 * B + 1);
    let mut memory = Inference::<Values, B>::new();
    let singles: Vec<Step> = x.iter().zip(&targets).map(|(x, target)| step::<1>(&network, &[*x], &[*target])).collect();
    for (x, (target, (loss, _))) in x.iter().zip(targets.iter().zip(&singles)) {
        let by_hand = 0.5 * (network.output(x, &mut memory) - target).norm_squared();
        assert!((loss - by_hand).abs() < 1e-14, "{loss}, not {by_hand}");
    }
    for n in [1, 2, B.saturating_sub(1), B, B + 1, 2 * B, 2 * B + 1] {
        let (x, targets, singles) = (&x[..n.min(x.len())], &targets[..n.min(x.len())], &singles[..n.min(x.len())]);
        if x.is_empty() {
            continue;
        }
        let mean = |of: &dyn Fn(&Step) -> f64| singles.iter().map(of).sum::<f64>() / x.len() as f64;
        let expected = mean(&|single| single.0);
        let what = format!("{} samples with a capacity of {B}", x.len());
        let loss = memory.loss(&network, x, targets).unwrap();
        assert!((loss - expected).abs() < 1e-14, "inference, {what}: {loss}, not {expected}");
        let (loss, gradient) = step::<B>(&network, x, targets);
        assert!((loss - expected).abs() < 1e-14, "training, {what}: {loss}, not {expected}");
        for (i, component) in gradient.into_iter().enumerate() {
            let expected = mean(&|single| single.1[i]);
            assert!((component - expected).abs() < 1e-14, "gradient[{i}], {what}: {component}, not {expected}");
        }
    }
}

#[test]
fn loss_and_gradient_of_any_number_of_samples_are_the_means_of_single_ones() {
    check::<1>();
    check::<2>();
    check::<3>();
    check::<8>();
    check::<9>();
}

#[test]
fn the_mean_loss_of_no_sample_is_no_number() {
    let (x, targets) = samples(0);
    assert!(Inference::<Values, 2>::new().loss(&Values::new(), &x, &targets).unwrap().is_nan());
}

#[test]
fn slices_of_different_lengths_are_an_error_and_left_alone_whatever_is_asked() {
    let mut network = Digits::new();
    network.init(1);
    let mut memory = Inference::<Digits, 2>::new();
    let x = [SVector::from([0.5, -0.5, 0.25]); 5];
    let two = Class::<3>::new(2).unwrap();
    for len in [0, 2, 4, 6] {
        let of = |of| LengthMismatch { inputs: 5, others: len, of };
        let error = StepError::LengthMismatch(of("targets"));
        let of_targets = Err(error);
        assert_eq!(memory.loss(&network, &x, &vec![two; len]), of_targets);

        let mut classes = vec![two; len];
        assert_eq!(network.classify_batch(&x, &mut classes, &mut memory), Err(of("classes")));
        assert!(classes.iter().all(|&class| class == two));

        let seven = SVector::from([7.0; 3]);
        let mut y = vec![seven; len];
        assert_eq!(network.logits_batch(&x, &mut y, &mut memory), Err(of("outputs")));
        assert_eq!(network.probabilities_batch(&x, &mut y, &mut memory), Err(of("outputs")));
        assert!(y.iter().all(|&y| y == seven));

        let mut training = Training::<Digits, Sgd<f32>, 2>::new(Sgd::new(0.1));
        let before = network.as_slice().to_vec();
        assert_eq!(error.source().map(ToString::to_string), Some(error.to_string()));
        assert_eq!(training.step(&mut network, &x, &vec![two; len]), of_targets);
        assert_eq!(Online::<Digits, 9>::new(0.1).step(&mut network, &x, &vec![two; len]), of_targets);
        assert_eq!(Online::<Digits, 1>::new(0.1).epoch(&mut network, &x, &vec![two; len], 0..5), of_targets);
        assert_eq!(network.as_slice(), before);
    }
}

/// It gives two samples, then says once that it is at its end, and then begins again.
fn again(asked: &mut usize) -> impl Iterator<Item = usize> {
    std::iter::from_fn(|| {
        *asked += 1;
        Some(*asked % 3).filter(|&index| index > 0)
    })
}

#[test]
fn an_epoch_does_not_ask_its_order_beyond_the_end() {
    let mut network = Values::new();
    network.init(1);
    let (x, targets) = samples(3);
    let mut asked = 0;
    Online::<Values, 1>::new(0.1).epoch(&mut network, &x, &targets, again(&mut asked)).unwrap();
    assert_eq!(asked, 3);
}
