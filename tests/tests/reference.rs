//! Outputs, losses, gradients, optimisers and schedules against PyTorch in f64: see `reference/reference.py`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chainrule::loss::Loss;
use chainrule::network::Takes;
use chainrule::optim::Optimizer;
use chainrule::prelude::*;
use chainrule::samples::{Sample, Values};
use serde::Deserialize;

#[derive(Deserialize)]
struct Reference {
    networks: Vec<Network_>,
    optimizers: Vec<Course>,
    schedules: Vec<Factors>,
}

#[derive(Deserialize)]
struct Network_ {
    name: String,
    chain: String,
    parameters: Vec<f64>,
    inputs: Vec<Vec<f64>>,
    targets: Targets,
    outputs: Vec<Vec<f64>>,
    loss: f64,
    gradient: Vec<f64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Targets {
    Labels(Vec<usize>),
    Vectors(Vec<Vec<f64>>),
}

#[derive(Deserialize)]
struct Course {
    name: String,
    network: String,
    settings: BTreeMap<String, f64>,
    schedule: Option<String>,
    losses: Vec<f64>,
    parameters: BTreeMap<usize, Vec<f64>>,
}

#[derive(Deserialize)]
struct Factors {
    name: String,
    settings: serde_json::Value,
    factors: Vec<f64>,
}

static REFERENCE: LazyLock<Reference> =
    LazyLock::new(|| serde_json::from_str(include_str!("../reference/reference.json")).unwrap());

fn network(name: &str) -> &'static Network_ {
    REFERENCE.networks.iter().find(|network| network.name == name).unwrap()
}

#[track_caller]
fn assert_close(found: &[f64], expected: &[f64], tolerance: f64, what: &str) {
    assert_eq!(found.len(), expected.len(), "{what}");
    for (i, (a, b)) in found.iter().zip(expected).enumerate() {
        assert!((a - b).abs() <= tolerance * b.abs().max(1.0), "{what}[{i}]: {a} instead of {b}");
    }
}

fn vectors<const N: usize>(values: &[Vec<f64>]) -> Vec<SVector<f64, N>> {
    values.iter().map(|values| SVector::from_column_slice(values)).collect()
}

fn labels(targets: &Targets) -> Vec<Class<3>> {
    let Targets::Labels(labels) = targets else { panic!("no labels") };
    labels.iter().map(|&label| Class::new(label).unwrap()).collect()
}

fn values(targets: &Targets) -> Vec<SVector<f64, 3>> {
    let Targets::Vectors(values) = targets else { panic!("no vectors") };
    vectors(values)
}

/// Outputs by inference and loss and gradient by training, with workspaces smaller than, as large as and larger
/// than the mini-batch.
fn check<N, const M: usize, Y>(expected: &Network_, targets: &[Y])
where
    N: Trainable + Takes<Values<f64, M>> + Network<Scalar = f64>,
    Y: Sample,
    N::Objective: Loss<f64, N::Output, Y::Kind>,
{
    let name = &expected.name;
    let x = vectors::<M>(&expected.inputs);
    let mut network = N::boxed();
    network.as_mut_slice().copy_from_slice(&expected.parameters);

    let mut memory = Inference::<N, 3>::boxed();
    assert_close(&[memory.loss(&network, &x, targets).unwrap()], &[expected.loss], 1e-13, name);

    fn gradient<N, const M: usize, Y, const B: usize>(
        network: &N,
        x: &[SVector<f64, M>],
        targets: &[Y],
    ) -> (f64, Vec<f64>)
    where
        N: Trainable + Takes<Values<f64, M>> + Network<Scalar = f64>,
        Y: Sample,
        N::Objective: Loss<f64, N::Output, Y::Kind>,
    {
        let mut training = Training::<N, Sgd<f64>, B>::boxed(Sgd::new(0.1));
        let loss = training.backward(network, x, targets).unwrap();
        (loss, training.gradient().as_slice().to_vec())
    }
    for (loss, gradient) in [
        gradient::<N, M, Y, 1>(&network, &x, targets),
        gradient::<N, M, Y, 3>(&network, &x, targets),
        gradient::<N, M, Y, 7>(&network, &x, targets),
        gradient::<N, M, Y, 64>(&network, &x, targets),
    ] {
        assert_close(&[loss], &[expected.loss], 1e-13, name);
        assert_close(&gradient, &expected.gradient, 1e-13, name);
    }
}

/// One network for every row of the reference, with its chain spelt as it is there.
macro_rules! networks {
    ($($name:ident $network:ident $inputs:literal $outputs:ident $targets:ident { $($chain:tt)* })*) => {$(
        network! { $network<f64>: $($chain)* }

        #[test]
        fn $name() {
            let expected = network(stringify!($name));
            let plain = |text: &str| text.replace(char::is_whitespace, "");
            assert_eq!(plain(stringify!($($chain)*)), plain(&expected.chain));
            check::<$network, $inputs, _>(expected, &$targets(&expected.targets));

            let mut network = $network::new();
            network.as_mut_slice().copy_from_slice(&expected.parameters);
            let mut outputs = vec![SVector::zeros(); expected.inputs.len()];
            let inputs = vectors::<$inputs>(&expected.inputs);
            network.$outputs(&inputs, &mut outputs, &mut Inference::<_, 2>::new()).unwrap();
            for (found, expected) in outputs.iter().zip(&expected.outputs) {
                assert_close(found.as_slice(), expected, 1e-13, stringify!($name));
            }
        }
    )*};
}

networks! {
    relu_mse ReluMse 5 output_batch values { 5 => Affine => Relu => 4 => Affine => MseLoss => 3 }
    leaky_relu_mse LeakyReluMse 5 output_batch values { 5 => Affine => LeakyRelu(0.1) => 4 => Affine => MseLoss => 3 }
    sigmoid_mse SigmoidMse 5 output_batch values { 5 => Affine => Sigmoid => 4 => Affine => MseLoss => 3 }
    tanh_mse TanhMse 5 output_batch values { 5 => Affine => Tanh => 4 => Affine => MseLoss => 3 }
    softplus_mse SoftplusMse 5 output_batch values { 5 => Affine => Softplus => 4 => Affine => MseLoss => 3 }
    elu_1_mse Elu1Mse 5 output_batch values { 5 => Affine => Elu(1.0) => 4 => Affine => MseLoss => 3 }
    elu_half_mse EluHalfMse 5 output_batch values { 5 => Affine => Elu(0.5) => 4 => Affine => MseLoss => 3 }
    gelu_mse GeluMse 5 output_batch values { 5 => Affine => Gelu => 4 => Affine => MseLoss => 3 }
    silu_mse SiluMse 5 output_batch values { 5 => Affine => Silu => 4 => Affine => MseLoss => 3 }
    hard_swish_mse HardSwishMse 5 output_batch values { 5 => Affine => HardSwish => 4 => Affine => MseLoss => 3 }
    mish_mse MishMse 5 output_batch values { 5 => Affine => Mish => 4 => Affine => MseLoss => 3 }
    softmax_mse SoftmaxMse 5 output_batch values { 5 => Affine => Softmax => 4 => Affine => MseLoss => 3 }
    softmax_loss_labels Labels 5 logits_batch labels { 5 => Affine => Tanh => 4 => Affine => SoftmaxLoss => 3 }
    softmax_loss_distributions Distributions 5 logits_batch values { 5 => Affine => Tanh => 4 => Affine => SoftmaxLoss => 3 }
    mse_loss Mse 5 output_batch values { 5 => Affine => Tanh => 4 => Affine => MseLoss => 3 }
    sigmoid_loss YesNo 5 logits_batch values { 5 => Affine => Tanh => 4 => Affine => SigmoidLoss => 3 }
    huber_loss Huber 5 output_batch values { 5 => Affine => Tanh => 4 => Affine => HuberLoss(0.5) => 3 }
    deep Deep 6 logits_batch labels { 6 => Affine => Gelu => 7 => Affine => Silu => 5 => Affine => LeakyRelu(0.1) => 4 => Affine => SoftmaxLoss => 3 }
    no_hidden_layer NoHiddenLayer 5 logits_batch labels { 5 => Affine => SoftmaxLoss => 3 }
}

#[test]
fn no_network_of_the_reference_is_left_out() {
    assert_eq!(REFERENCE.networks.len(), 19);
}

/// 100 full-batch steps.
fn follow<O: Optimizer<f64>>(course: &Course, optimizer: O) {
    let start = network(&course.network);
    let (x, labels) = (vectors::<5>(&start.inputs), labels(&start.targets));
    let mut network = Labels::new();
    network.as_mut_slice().copy_from_slice(&start.parameters);
    let mut training = Training::<Labels, O, 4>::boxed(optimizer);
    match (course.settings.get("clip_norm"), course.settings.get("clip_value")) {
        (Some(&limit), _) => training.clip = Clip::Norm(limit),
        (_, Some(&limit)) => training.clip = Clip::Value(limit),
        _ => {}
    }
    if let Some(name) = &course.schedule {
        training.schedule = schedule(REFERENCE.schedules.iter().find(|factors| factors.name == *name).unwrap());
    }
    for (step, &expected) in (1..).zip(&course.losses) {
        let loss = training.step(&mut network, &x, &labels).unwrap();
        assert_close(&[loss], &[expected], 1e-11, &course.name);
        if let Some(expected) = course.parameters.get(&step) {
            assert_close(network.as_slice(), expected, 1e-11, &format!("{} after step {step}", course.name));
        }
    }
    assert_eq!(training.steps(), 100);
}

#[test]
fn every_optimiser_takes_the_same_hundred_steps() {
    let mut seen = 0;
    for course in &REFERENCE.optimizers {
        let setting = |name: &str| course.settings[name];
        let learning_rate = setting("learning_rate");
        let adam =
            || Adam { learning_rate, beta1: setting("beta1"), beta2: setting("beta2"), epsilon: setting("epsilon") };
        let kind = course.name.split('_').next().unwrap();
        match (kind, course.settings.get("weight_decay")) {
            ("sgd", None) => follow(course, Sgd::new(learning_rate)),
            ("sgd", Some(&decay)) => follow(course, WeightDecay::new(Sgd::new(learning_rate), decay)),
            ("momentum", _) => follow(course, Momentum::new(learning_rate, setting("momentum"))),
            ("nesterov", _) => follow(course, Nesterov::new(learning_rate, setting("momentum"))),
            ("adagrad", _) => follow(course, AdaGrad { learning_rate, epsilon: setting("epsilon") }),
            ("rmsprop", _) => {
                follow(course, RmsProp { learning_rate, decay: setting("rho"), epsilon: setting("epsilon") })
            }
            ("adadelta", _) => {
                follow(course, Adadelta { learning_rate, decay: setting("rho"), epsilon: setting("epsilon") })
            }
            ("adam", _) => follow(course, adam()),
            ("adamw", Some(&decay)) => follow(course, AdamW::new(adam(), decay)),
            _ => panic!("no optimiser for {}", course.name),
        }
        seen += 1;
    }
    assert_eq!(seen, 25);
}

fn schedule(Factors { name, settings, .. }: &Factors) -> Schedule<f64> {
    let number = |name: &str| settings[name].as_f64().unwrap();
    let count = |name: &str| settings[name].as_u64().unwrap() as u32;
    match name.split('_').next().unwrap() {
        "constant" => Schedule::constant(),
        "step" => Schedule::step(count("every"), number("gamma")),
        "exponential" => Schedule::exponential(number("gamma")),
        "cosine" => Schedule::cosine(count("steps"), number("minimum")),
        "warm" => {
            let then = &settings["then"];
            Schedule::cosine(then["steps"].as_u64().unwrap() as u32, then["minimum"].as_f64().unwrap())
                .warm_up(count("steps"))
        }
        _ => panic!("no schedule for {name}"),
    }
}

#[test]
fn every_schedule_has_the_same_hundred_factors() {
    for factors in &REFERENCE.schedules {
        let schedule = schedule(factors);
        let found: Vec<f64> = (0..100).map(|t| schedule.factor(t)).collect();
        assert_close(&found, &factors.factors, 1e-13, &factors.name);
    }
    assert_eq!(REFERENCE.schedules.len(), 8);
}
