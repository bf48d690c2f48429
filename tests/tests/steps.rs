//! What a step makes of a parameter, number by number.

use chainrule::optim::Optimizer;
use chainrule::prelude::*;

network! { Line<f64>: 1 => Affine => MseLoss => 1 }
network! { Single: 1 => Affine => MseLoss => 1 }

/// The weight before and after each of `N` steps of training in which the gradient is the same.
fn course<O: Optimizer<f64>, const N: usize>(optimizer: O, schedule: Schedule<f64>, gradient: f64) -> [f64; N] {
    let mut network = Line::from_array([1.0, 1.0]);
    let mut training = Training::<Line, O, 1>::new(optimizer);
    training.schedule = schedule;
    std::array::from_fn(|steps| {
        assert_eq!(training.steps() as usize, steps);
        let before = network.affine1.weight[0];
        training.gradient_mut().as_mut_slice().fill(gradient);
        training.update(&mut network).unwrap();
        before
    })
}

#[test]
fn every_step_takes_the_factor_of_the_steps_made_before_it() {
    let schedule = Schedule::step(3, 0.5).warm_up(2);
    // Factors ½, 1, 1, 1, 1, ½, ½, ½, ¼; learning rate 2; gradient ¼.
    let expected = [1.0, 0.75, 0.25, -0.25, -0.75, -1.25, -1.5, -1.75, -2.0, -2.125];
    assert_eq!(course(Sgd::new(2.0), schedule, 0.25), expected);
}

#[test]
fn weight_decay_goes_by_the_learning_rate_of_the_step() {
    let schedule = Schedule::exponential(0.5).warm_up(2);
    // Without a gradient w shrinks by 1 − ½ · ½, 1 − 1 · ½, 1 − 1 · ½, 1 − ½ · ½.
    let expected = [1.0, 0.75, 0.375, 0.1875, 0.140_625];
    assert_eq!(course(WeightDecay::new(Sgd::new(1.0), 0.5), schedule, 0.0), expected);
    assert_eq!(course(AdamW::new(Adam::new(1.0), 0.5), schedule, 0.0), expected);
}

#[test]
fn two_weight_decays_one_in_the_other_are_their_sum() {
    fn check<O: Optimizer<f64>>(optimizer: O) {
        let schedule = Schedule::exponential(0.75);
        let nested = WeightDecay::new(WeightDecay::new(optimizer, 0.25), 0.5);
        let sum = WeightDecay::new(optimizer, 0.75);
        assert_eq!(course::<_, 5>(nested, schedule, 0.5), course(sum, schedule, 0.5), "{}", O::NAME);
    }
    check(Sgd::new(0.125));
    check(Momentum::new(0.125, 0.5));
    check(Adam::new(0.125));
}

#[test]
fn a_warm_up_takes_the_place_of_another() {
    let schedule = Schedule::exponential(0.5f64);
    assert_eq!(schedule.warm_up(7).warm_up(2), schedule.warm_up(2));
}

/// The losses are finite and their sum is not.
#[test]
fn no_step_returns_a_loss_that_is_not_finite() {
    let (x, targets) = ([SVector::from([0.5]); 4], [SVector::from([2e19]); 4]);
    let mut network = Single::from_array([0.25, 0.5]);
    let outcomes = [
        Training::<Single, Sgd<f32>, 1>::new(Sgd::new(1e-30)).step(&mut network, &x, &targets),
        Training::<Single, Sgd<f32>, 4>::new(Sgd::new(1e-30)).step(&mut network, &x, &targets),
        Online::<Single, 4>::new(1e-30).step(&mut network, &x, &targets),
    ];
    for outcome in outcomes {
        assert!(
            matches!(outcome, Err(StepError::NonFiniteLoss { .. })) || outcome.is_ok_and(f32::is_finite),
            "{outcome:?}"
        );
    }
}
