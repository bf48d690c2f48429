//! What a step promises.

use chainrule::prelude::*;

network! { Net: 3 => Affine => Tanh => 5 => Affine => SoftmaxLoss => 2 }
network! { Wide<f64>: 3 => Affine => Tanh => 5 => Affine => MseLoss => 2 }

fn data(n: usize) -> (Vec<SVector<f32, 3>>, Vec<Class<2>>) {
    let mut rng = Rng::new(5);
    let x: Vec<SVector<f32, 3>> = (0..n).map(|_| SVector::from_fn(|_, _| rng.symmetric())).collect();
    let labels = x.iter().map(|x| Class::new(usize::from(x[0] * x[1] > 0.0)).unwrap()).collect();
    (x, labels)
}

fn network() -> Net {
    let mut network = Net::new();
    network.init(1);
    network
}

#[test]
fn a_batch_that_is_longer_than_the_workspace_gives_the_same_gradient() {
    fn gradient<const B: usize>() -> (f64, Vec<f64>) {
        let mut network = Wide::new();
        network.init(1);
        let mut rng = Rng::new(2);
        let x: Vec<SVector<f64, 3>> = (0..7).map(|_| SVector::from_fn(|_, _| rng.symmetric())).collect();
        let d: Vec<SVector<f64, 2>> = (0..7).map(|_| SVector::from_fn(|_, _| rng.symmetric())).collect();
        let mut training = Training::<Wide, Sgd<f64>, B>::new(Sgd::new(0.1));
        let loss = training.backward(&network, &x, &d).unwrap();
        (loss, training.gradient().as_slice().to_vec())
    }
    let whole = gradient::<7>();
    for (loss, parts) in [gradient::<1>(), gradient::<2>(), gradient::<6>(), gradient::<100>()] {
        assert!((loss - whole.0).abs() < 1e-15);
        assert!(parts.iter().zip(&whole.1).all(|(a, b)| (a - b).abs() < 1e-15));
    }
}

#[test]
fn the_gradients_of_two_halves_add_up_to_the_gradient_of_the_whole() {
    let (x, labels) = data(6);
    let network = network();
    let gradient = |x: &[_], labels: &[_]| {
        let mut training = Training::<Net, Sgd<f32>, 8>::boxed(Sgd::new(0.1));
        training.backward(&network, x, labels).unwrap();
        training
    };
    let mut half = gradient(&x[..3], &labels[..3]);
    half.gradient_mut().add(gradient(&x[3..], &labels[3..]).gradient());
    half.gradient_mut().scale(0.5);
    let whole = gradient(&x, &labels);
    for (a, b) in half.gradient().as_slice().iter().zip(whole.gradient().as_slice()) {
        assert!((a - b).abs() < 1e-7);
    }
    assert!(half.gradient().affine1.weight.norm() > 0.0);
}

/// The whole of training, as bits.
fn train(seed: u64) -> Vec<u32> {
    let (x, labels) = data(23);
    let mut network = Net::new();
    network.init(seed);
    let mut training = Training::<Net, Adam<f32>, 4>::new(Adam::new(0.01));
    let mut batch = Batch::<_, _, 10>::new();
    let mut rng = Rng::new(seed);
    for _ in 0..5 {
        let mut order = Order::shuffled(x.len(), &mut rng);
        while let Some((x, labels)) = batch.gather(&mut order, &x, &labels).unwrap() {
            training.step(&mut network, x, labels).unwrap();
        }
    }
    network.as_slice().iter().map(|w| w.to_bits()).collect()
}

#[test]
fn the_same_seed_trains_the_same_bits_and_another_seed_does_not() {
    assert_eq!(train(1), train(1));
    assert_ne!(train(1), train(2));
}

#[test]
fn a_step_that_fails_changes_nothing() {
    let (mut x, labels) = data(5);
    let mut network = network();
    let mut training = Training::<Net, Momentum<f32>, 2>::new(Momentum::new(0.1, 0.9));
    training.step(&mut network, &x, &labels).unwrap();
    let before = network.as_slice().to_vec();

    x[3][1] = f32::NAN;
    let of_input = Err(StepError::NonFiniteInput { sample: 3, index: 1 });
    assert_eq!(training.step(&mut network, &x, &labels), of_input);
    x[3][1] = f32::INFINITY;
    assert_eq!(training.step(&mut network, &x, &labels), of_input);
    assert_eq!(training.step(&mut network, &[] as &[SVector<f32, 3>], &labels[..0]), Err(StepError::EmptyBatch));
    let mismatch = LengthMismatch { inputs: 5, others: 4, of: "targets" };
    assert_eq!(training.step(&mut network, &x, &labels[..4]), Err(StepError::LengthMismatch(mismatch)));
    assert_eq!(network.as_slice(), before);
    assert_eq!(training.steps(), 1);

    // Nor has the velocity changed: the next step is the one that would have come.
    let (x, labels) = data(5);
    let mut undisturbed = self::network();
    let mut other = Training::<Net, Momentum<f32>, 2>::new(Momentum::new(0.1, 0.9));
    for _ in 0..2 {
        other.step(&mut undisturbed, &x, &labels).unwrap();
    }
    training.step(&mut network, &x, &labels).unwrap();
    assert_eq!(network.as_slice(), undisturbed.as_slice());
}

network! { Straight: 1 => Affine => MseLoss => 1 }

#[test]
fn a_gradient_that_overflows_under_a_finite_loss_is_an_error() {
    let mut network = Straight::new();
    let mut training = Training::<Straight, Sgd<f32>, 1>::new(Sgd::new(0.1));
    // loss ½ · 10³⁸, gradient by the weight 10¹⁹ · 10²⁵
    let outcome = training.step(&mut network, &[[1e25]], &[SVector::from([1e19])]);
    assert_eq!(outcome, Err(StepError::NonFiniteGradient));
    assert_eq!(network.as_slice(), [0.0, 0.0]);
}

#[test]
fn training_that_diverges_says_so_in_words() {
    let mut network = Straight::new();
    let mut training = Training::<Straight, Sgd<f32>, 1>::new(Sgd::new(100.0));
    let error = (0..100)
        .find_map(|_| training.step(&mut network, &[[1.0]], &[SVector::from([1.0])]).err())
        .expect("a learning rate of 100 diverges");
    assert!(error.to_string().contains("not finite"), "{error}");
    assert!(network.as_slice().iter().all(|w| w.is_finite()));
}

#[test]
fn full_batch_mini_batch_and_online_training_are_the_same_call() {
    let (x, labels) = data(200);
    for (size, epochs) in [(200, 600), (32, 100), (1, 10)] {
        let mut network = network();
        let mut training = Training::<Net, Adam<f32>, 32>::new(Adam::new(0.02));
        let mut loss = f32::NAN;
        for _ in 0..epochs {
            for (x, labels) in x.chunks(size).zip(labels.chunks(size)) {
                training.step(&mut network, x, labels).unwrap();
            }
            loss = Inference::<Net, 8>::new().loss(&network, &x, &labels).unwrap();
        }
        assert!(loss < 0.25, "mini-batches of {size}: {loss}");
    }
}

network! { Border: 4 => Affine => Tanh => 6 => Affine => MseLoss => 2 }

#[test]
fn weights_of_inputs_that_are_always_0_decay_to_0_without_ever_being_denormals() {
    fn check<O: Optimizer<f32>>(optimizer: O) {
        let mut network = Border::new();
        network.init(1);
        let x = [SVector::from([0.5, 0.0, -0.25, 0.0]), SVector::from([-0.5, 0.0, 0.75, 0.0])];
        let targets = [SVector::from([0.5, -0.5]), SVector::from([-0.25, 0.5])];
        let mut training = Training::<Border, _, 2>::new(WeightDecay::new(optimizer, 1.0));
        for _ in 0..800 {
            training.step(&mut network, &x, &targets).unwrap();
            assert!(network.as_slice().iter().all(|w| !w.is_subnormal()), "{}", O::NAME);
        }
        assert_eq!(network.affine1.weight.column(1), SVector::<f32, 6>::zeros(), "{}", O::NAME);
        assert_ne!(network.affine1.weight.column(0), SVector::<f32, 6>::zeros(), "{}", O::NAME);
    }
    check(Sgd::new(0.1));
    check(Momentum::new(0.1, 0.5));
    check(Adam::new(0.1));
}
