//! What a step refuses: settings, networks, inputs and targets that cannot be meant. Nothing is then changed.

use chainrule::loss::InvalidTarget;
use chainrule::optim::{InvalidSetting, StateOf};
use chainrule::params::Params;
use chainrule::prelude::*;
use proptest::prelude::*;

network! { Net: 2 => Affine => Tanh => 5 => Affine => MseLoss => 2 }
network! { Yes: 2 => Affine => Relu => 5 => Affine => SigmoidLoss => 2 }
network! { Choice: 2 => Affine => Gelu => 5 => Affine => SoftmaxLoss => 2 }
network! { Line: 1 => Affine => MseLoss => 1 }

const INPUTS: [[f32; 2]; 3] = [[0.5, -1.0], [1.0, 0.25], [-0.5, 0.75]];
const TARGETS: [[f32; 2]; 3] = [[0.0, 1.0], [0.5, 0.5], [1.0, 0.0]];

fn bits(network: &impl Network<Scalar = f32>) -> Vec<u32> {
    network.as_slice().iter().map(|w| w.to_bits()).collect()
}

fn state<N: Network, O: Optimizer<N::Scalar>, const B: usize>(training: &Training<N, O, B>) -> Vec<u8> {
    let mut bytes = vec![0; Training::<N, O, B>::SAVED_BYTES];
    training.write_bytes(&mut bytes).unwrap();
    bytes
}

/// The setting that a first step with these settings refuses.
fn refused<O: Optimizer<f32>>(optimizer: O, change: impl FnOnce(&mut Training<Net, O, 2>)) -> InvalidSetting {
    let (x, d) = (INPUTS.map(SVector::from), TARGETS.map(SVector::from));
    let mut network = Net::new();
    network.init(1);
    let mut training = Training::<Net, O, 2>::new(optimizer);
    change(&mut training);
    let before = (bits(&network), state(&training));
    let Err(StepError::InvalidSetting(error)) = training.step(&mut network, &x, &d) else {
        panic!("such settings must be refused");
    };
    let of_update = training.update(&mut network).unwrap_err();
    assert_eq!(of_update.to_string(), error.to_string(), "so must they in an update alone");
    assert_eq!(before, (bits(&network), state(&training)));
    error
}

/// The same, without a word of clipping, which `update` knows nothing of.
fn refused_clip(clip: Clip<f32>) -> InvalidSetting {
    let (x, d) = (INPUTS.map(SVector::from), TARGETS.map(SVector::from));
    let mut network = Net::new();
    network.init(1);
    let mut training = Training::<Net, _, 2>::new(Sgd::new(0.1));
    training.clip = clip;
    let before = bits(&network);
    let Err(StepError::InvalidSetting(error)) = training.step(&mut network, &x, &d) else {
        panic!("such a limit must be refused");
    };
    assert_eq!(training.backward(&network, &x, &d).unwrap_err().to_string(), error.to_string());
    assert_eq!(before, bits(&network));
    error
}

#[test]
fn a_setting_that_cannot_be_meant_is_named_with_its_value() {
    let error = refused(Sgd::new(-0.5), |_| ());
    assert_eq!(error.to_string(), "`learning_rate` is -0.5; it must be a finite number from 0");
    assert!(refused(Adam::new(f32::NAN), |_| ()).to_string().starts_with("`learning_rate` is NaN"));
    let infinite = refused(Momentum::new(f32::INFINITY, 0.9), |_| ());
    assert!(infinite.to_string().starts_with("`learning_rate` is inf"));
    let momentum = refused(Nesterov::new(0.1, 1.0), |_| ());
    assert_eq!(momentum.to_string(), "`momentum` is 1; it must be from 0, and below 1");

    let of = |error: InvalidSetting| error.setting;
    assert_eq!(of(refused(Momentum::new(0.1, 1.5), |_| ())), "momentum");
    let adam = Adam::new(0.1);
    assert_eq!(of(refused(Adam { beta1: 1.0, ..adam }, |_| ())), "beta1");
    assert_eq!(of(refused(Adam { beta1: -0.1, ..adam }, |_| ())), "beta1");
    assert_eq!(of(refused(Adam { beta2: 1.0, ..adam }, |_| ())), "beta2");
    assert_eq!(of(refused(Adam { epsilon: 0.0, ..adam }, |_| ())), "epsilon");
    assert_eq!(of(refused(AdaGrad { epsilon: -1.0, ..AdaGrad::new(0.1) }, |_| ())), "epsilon");
    assert_eq!(of(refused(RmsProp { decay: 1.0, ..RmsProp::new(0.1) }, |_| ())), "decay");
    assert_eq!(of(refused(RmsProp { epsilon: f32::NAN, ..RmsProp::new(0.1) }, |_| ())), "epsilon");
    assert_eq!(of(refused(Adadelta { decay: f32::NAN, ..Adadelta::new() }, |_| ())), "decay");
    assert_eq!(of(refused(Adadelta { epsilon: 0.0, ..Adadelta::new() }, |_| ())), "epsilon");
    assert_eq!(of(refused(AdamW::new(adam, -1.0), |_| ())), "weight_decay");
    assert_eq!(of(refused(AdamW::new(Adam { beta1: 2.0, ..adam }, 0.1), |_| ())), "beta1");
    assert_eq!(of(refused(AdamW::new(adam, 100.0), |_| ())), "learning_rate · weight_decay");

    let schedule = |schedule| of(refused(Sgd::new(0.1), |training| training.schedule = schedule));
    assert_eq!(schedule(Schedule::step(0, 0.5)), "Schedule::step(every)");
    assert_eq!(schedule(Schedule::step(3, -0.5)), "Schedule::step(factor)");
    assert_eq!(schedule(Schedule::exponential(f32::NAN)), "Schedule::exponential(factor)");
    assert_eq!(schedule(Schedule::cosine(0, 0.0)), "Schedule::cosine(steps)");
    assert_eq!(schedule(Schedule::cosine(10, -1.0).warm_up(5)), "Schedule::cosine(minimum)");
    for limit in [0.0, -1.0, f32::NAN] {
        assert_eq!(of(refused_clip(Clip::Norm(limit))), "Clip::Norm");
        assert_eq!(of(refused_clip(Clip::Value(limit))), "Clip::Value");
    }
}

#[test]
fn a_schedule_that_grows_beyond_all_numbers_is_refused_in_the_step_in_which_it_does() {
    let mut line = Line::new();
    let mut training = Training::<Line, _, 1>::new(Sgd::new(1.0));
    training.schedule = Schedule::exponential(1e20);
    let mut step = |line: &mut Line| training.step(line, &[SVector::from([1e-30])], &[SVector::from([0.0])]);
    assert!(step(&mut line).is_ok() && step(&mut line).is_ok());
    let error = step(&mut line).unwrap_err();
    assert_eq!(error.to_string(), "`learning_rate · schedule` is inf; it must be a finite number from 0");
}

#[test]
fn online_refuses_a_learning_rate_that_cannot_be_meant() {
    let (x, d) = (INPUTS.map(SVector::from), TARGETS.map(SVector::from));
    let mut network = Net::new();
    network.init(1);
    let before = bits(&network);
    for rate in [f32::NAN, f32::INFINITY, -0.1] {
        let mut online = Online::<Net, 3>::new(rate);
        let of_step = online.step(&mut network, &x, &d);
        assert!(matches!(of_step, Err(StepError::InvalidSetting(InvalidSetting { setting: "learning_rate", .. }))));
        let of_epoch = online.epoch(&mut network, &x, &d, 0..3);
        assert!(matches!(of_epoch, Err(StepError::InvalidSetting(InvalidSetting { setting: "learning_rate", .. }))));
    }
    assert_eq!(before, bits(&network));
}

#[test]
fn a_network_that_was_not_initialised_is_refused_if_it_could_not_learn() {
    let (x, d) = (INPUTS.map(SVector::from), TARGETS.map(SVector::from));
    let mut network = Net::new();
    let mut training = Training::<Net, _, 2>::new(Sgd::new(0.1));
    let error = training.step(&mut network, &x, &d).unwrap_err();
    assert_eq!(error, StepError::NotInitialized);
    assert!(error.to_string().contains("`init`"), "{error}");
    let mut online = Online::<Net, 3>::new(0.1);
    assert_eq!(online.step(&mut network, &x, &d), Err(StepError::NotInitialized));
    assert_eq!(online.epoch(&mut network, &x, &d, 0..3), Err(StepError::NotInitialized));
    assert_eq!(network.as_slice(), [0.0; Net::PARAMS]);
    assert!(training.backward(&network, &x, &d).is_ok(), "its gradient can be looked at");

    // A single layer learns from zeros.
    let mut line = Line::new();
    let mut training = Training::<Line, _, 1>::new(Sgd::new(0.1));
    training.step(&mut line, &[SVector::from([1.0])], &[SVector::from([1.0])]).unwrap();
    assert_ne!(line.as_slice(), [0.0, 0.0]);
}

#[test]
fn a_target_that_the_loss_cannot_compare_with_is_named() {
    let x = INPUTS.map(SVector::from);
    let with = |sample: usize, target: [f32; 2]| {
        let mut targets = TARGETS.map(SVector::from);
        targets[sample] = target.into();
        targets
    };
    macro_rules! error {
        ($network:ident, $sample:literal, $target:expr) => {{
            let mut network = $network::new();
            network.init(1);
            let before = bits(&network);
            let mut training = Training::<$network, _, 2>::new(Adam::new(0.1));
            let of_step = training.step(&mut network, &x, &with($sample, $target)).unwrap_err();
            let mut online = Online::<$network, 3>::new(0.1);
            assert_eq!(online.step(&mut network, &x, &with($sample, $target)), Err(of_step));
            assert_eq!(before, bits(&network));
            of_step
        }};
    }
    let invalid = |sample, error| StepError::InvalidTarget { sample, error };
    assert_eq!(error!(Net, 2, [0.0, f32::NAN]), invalid(2, InvalidTarget::NonFinite { index: 1 }));
    assert_eq!(error!(Net, 1, [f32::INFINITY, 0.0]), invalid(1, InvalidTarget::NonFinite { index: 0 }));
    let error = error!(Yes, 0, [0.0, 2.0]);
    assert_eq!(error, invalid(0, InvalidTarget::NotAProbability { index: 1 }));
    assert_eq!(
        error.to_string(),
        "target 0: value 1 is not from 0 to 1, as the probabilities are that this loss takes"
    );
    assert_eq!(error!(Yes, 2, [-0.5, 0.0]), invalid(2, InvalidTarget::NotAProbability { index: 0 }));
    let negative = error!(Choice, 2, [-0.5, 1.5]);
    assert_eq!(negative, invalid(2, InvalidTarget::NotAProbability { index: 0 }));
    let error = error!(Choice, 1, [0.5, 0.75]);
    assert_eq!(error, invalid(1, InvalidTarget::NotADistribution));
    assert!(matches!(error!(Choice, 1, [0.0; 2]), StepError::InvalidTarget { sample: 1, .. }));
    assert!(matches!(error!(Choice, 0, [f32::NAN, 1.0]), StepError::InvalidTarget { sample: 0, .. }));
}

#[test]
fn probabilities_that_were_rounded_are_a_distribution() {
    let mut network = Choice::new();
    network.init(1);
    let mut training = Training::<Choice, _, 2>::new(Adam::new(0.1));
    assert!(training.step(&mut network, &[SVector::from([1.0, 2.0])], &[SVector::from([0.333, 0.666])]).is_ok());
}

#[test]
fn an_update_that_overflows_is_found_if_that_is_asked_for() {
    fn check<O: Optimizer<f32>>(optimizer: O, x: f32, d: f32, w: f32) {
        let (x, d) = ([SVector::from([x])], [SVector::from([d])]);
        let mut line = Line::from_array([w, 0.0]);
        let mut training = Training::<Line, O, 1>::new(optimizer);
        let before = (bits(&line), state(&training));
        let error = (0..3).find_map(|_| training.step_checked(&mut line, &x, &d).err()).unwrap();
        assert!(matches!(error, StepError::NonFiniteUpdate { .. }), "{error}");
        assert_eq!(before, (bits(&line), state(&training)));
        training.step(&mut line, &x, &d).unwrap();
    }
    check(Sgd::new(1e38), 1.0, 3.0, 1e3);
    // The gradient is finite, its square is not.
    check(AdaGrad::new(0.1), 30.0, 1e18, 0.0);
    check(Adam::new(0.1), 3000.0, 1e18, 0.0);
    check(RmsProp::new(0.1), 3000.0, 1e18, 0.0);
    check(Adadelta::new(), 3000.0, 1e18, 0.0);
}

#[test]
fn a_checked_update_is_the_update() {
    let (x, d) = (INPUTS.map(SVector::from), TARGETS.map(SVector::from));
    let train = |checked| {
        let mut network = Net::new();
        network.init(1);
        let mut training = Training::<Net, _, 2>::new(AdamW::new(Adam::new(0.05), 0.1));
        for _ in 0..20 {
            let step = if checked { Training::step_checked } else { Training::step };
            step(&mut training, &mut network, &x, &d).unwrap();
        }
        (bits(&network), state(&training))
    };
    assert_eq!(train(false), train(true));
}

/// All that a float can be, the ordinary more often.
fn float() -> impl Strategy<Value = f32> {
    prop_oneof![
        8 => -2.0..2.0f32,
        2 => Just(0.0),
        2 => (any::<bool>(), -44..39i32).prop_map(|(minus, power)| if minus { -(10f32.powi(power)) } else { 10f32.powi(power) }),
        1 => any::<u32>().prop_map(f32::from_bits),
        1 => prop::sample::select(vec![f32::NAN, f32::INFINITY, f32::NEG_INFINITY, f32::MAX, f32::MIN, 1.0, -0.0]),
    ]
}

/// A setting: more often one that can be meant.
fn setting() -> impl Strategy<Value = f32> {
    prop_oneof![6 => 1e-4..0.99f32, 1 => float()]
}

fn keeps_its_promise<N, O>(optimizer: O, draw: &Draw, targets: &[SVector<f32, 2>]) -> Result<(), TestCaseError>
where
    O: Optimizer<f32>,
    N: LearnsOnline
        + Trainable<Scalar = f32, Output = chainrule::shape::Width<2>>
        + chainrule::network::Takes<chainrule::loss::Values<f32, 2>>,
    N::Objective: chainrule::loss::Loss<f32, N::Output, chainrule::loss::Values<f32, 2>>,
{
    let x: Vec<SVector<f32, 2>> = draw.inputs.iter().map(|&x| x.into()).collect();
    let mut network = N::boxed();
    network.init(draw.seed);
    let mut training = Training::<N, O, 2>::boxed(optimizer);
    training.clip = draw.clip;
    training.schedule = draw.schedule;
    for _ in 0..3 {
        let before = (bits(&**network), state(&training), training.steps());
        match training.step_checked(&mut network, &x, targets) {
            Ok(loss) => {
                prop_assert!(loss.is_finite());
                prop_assert!(network.as_slice().iter().all(|w| w.is_finite()));
                let saved = state(&training);
                // Behind them there is the checksum.
                let len = <StateOf<O, f32, GradientOf<N>> as Params<f32>>::LEN;
                let scalars = &saved[saved.len() - 4 - 4 * len..saved.len() - 4];
                let remembered = scalars.chunks(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]]));
                prop_assert!(remembered.into_iter().all(f32::is_finite));
            }
            Err(_) => prop_assert_eq!(before, (bits(&**network), state(&training), training.steps())),
        }
    }
    let mut online = Online::<N, 8>::boxed(draw.settings[0]);
    let before = bits(&**network);
    if online.step(&mut network, &x, targets).is_err() {
        prop_assert_eq!(before, bits(&**network));
    }
    Ok(())
}

#[derive(Clone, Debug)]
struct Draw {
    seed: u64,
    settings: [f32; 4],
    clip: Clip<f32>,
    schedule: Schedule<f32>,
    inputs: Vec<[f32; 2]>,
    targets: Vec<[f32; 2]>,
}

fn draw() -> impl Strategy<Value = Draw> {
    let clip = prop_oneof![Just(Clip::None), setting().prop_map(Clip::Value), setting().prop_map(Clip::Norm)];
    let schedule = prop_oneof![
        Just(Schedule::constant()),
        (0..3u32, setting()).prop_map(|(every, factor)| Schedule::step(every, factor)),
        setting().prop_map(Schedule::exponential),
        (0..3u32, setting(), 0..2u32).prop_map(|(steps, minimum, up)| Schedule::cosine(steps, minimum).warm_up(up)),
    ];
    let samples = (1..6usize).prop_flat_map(|n| {
        let inputs = prop::collection::vec([float(), float()], n);
        // Now and then one is missing.
        let targets = prop::collection::vec([prop_oneof![0.0..1.0f32, float()], prop_oneof![0.0..1.0f32, float()]], n);
        (inputs, targets, 0..20usize).prop_map(|(inputs, mut targets, missing)| {
            if missing == 0 {
                targets.pop();
            }
            (inputs, targets)
        })
    });
    let settings = [setting(), setting(), setting(), setting()];
    (any::<u64>(), settings, clip, schedule, samples).prop_map(|(seed, settings, clip, schedule, (inputs, targets))| {
        Draw { seed, settings, clip, schedule, inputs, targets }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_step_that_fails_changes_nothing_and_one_that_does_not_leaves_all_finite(draw in draw(), which in 0..8usize) {
        let [a, b, c, d] = draw.settings;
        let targets: Vec<SVector<f32, 2>> = draw.targets.iter().map(|&d| d.into()).collect();
        // As it mostly is with a distribution.
        let shares: Vec<_> = targets.iter().map(|d| if d[0] >= 0.0 && d[0] <= 1.0 { SVector::from([d[0], 1.0 - d[0]]) } else { *d }).collect();
        macro_rules! check {
            ($optimizer:expr) => {
                keeps_its_promise::<Net, _>($optimizer, &draw, &targets)
                    .and(keeps_its_promise::<Yes, _>($optimizer, &draw, &targets))
                    .and(keeps_its_promise::<Choice, _>($optimizer, &draw, &shares))?
            };
        }
        match which {
            0 => check!(Sgd::new(a)),
            1 => check!(Momentum::new(a, b)),
            2 => check!(Nesterov::new(a, b)),
            3 => check!(AdaGrad { learning_rate: a, epsilon: b }),
            4 => check!(RmsProp { learning_rate: a, decay: b, epsilon: c }),
            5 => check!(Adadelta { learning_rate: a, decay: b, epsilon: c }),
            6 => check!(Adam { learning_rate: a, beta1: b, beta2: c, epsilon: d }),
            _ => check!(WeightDecay::new(Sgd::new(a), b)),
        }
    }
}

#[test]
fn a_loss_over_targets_that_make_no_sense_is_not_known() {
    let mut memory = Inference::<Yes, 2>::new();
    let network = Yes::seeded(1);
    let error = memory.loss(&network, &INPUTS, &[[0.0, 1.0], [1.0, 0.5], [0.0, 1.5]]).unwrap_err();
    let invalid = InvalidTarget::NotAProbability { index: 1 };
    assert_eq!(error, StepError::InvalidTarget { sample: 2, error: invalid });
    assert!(memory.loss(&network, &INPUTS, &TARGETS).is_ok());
}

#[test]
fn lengths_that_differ_are_told_in_words() {
    let mut memory = Inference::<Net, 2>::new();
    let network = Net::seeded(1);
    let error = memory.loss(&network, &INPUTS[..1], &TARGETS).unwrap_err();
    assert_eq!(error.to_string(), "inputs and targets must be of the same number: 1 input, but 3");
    let error = network.output_batch(&INPUTS, &mut [[0.0; 2]; 2], &mut memory).unwrap_err();
    assert_eq!(error.to_string(), "inputs and outputs must be of the same number: 3 inputs, but 2");
}

#[test]
fn a_class_of_logits_that_are_no_numbers_is_not_known() {
    let network = Choice::seeded(1);
    let mut memory = Inference::<Choice, 1>::new();
    assert_eq!(network.classify_checked(&INPUTS[0], &mut memory), Ok(network.classify(&INPUTS[0], &mut memory)));
    let error = network.classify_checked(&[f32::NAN, 1.0], &mut memory).unwrap_err();
    assert_eq!(error.to_string(), "the logit of class 0 is infinite or not a number");
    assert!(network.classify_checked(&[1.0, f32::INFINITY], &mut memory).is_err());
}
