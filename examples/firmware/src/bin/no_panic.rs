//! Everything that a program on a device calls, with every layer, loss and optimiser. Built with the feature `prove` it
//! links only if no panic can be reached. It is not run.
#![no_std]
#![no_main]

use core::hint::black_box;

use chainrule::optim::Optimizer;
use chainrule::prelude::*;
use chainrule_firmware::program;

network! {
    /// All activations with a label.
    Labels: 3 => Affine => Relu => 4 => Affine(init = HeNormal) => LeakyRelu(0.1) => 5 => Affine(init = HeUniform) => Sigmoid => 3
        => Affine(init = XavierNormal) => Tanh => 7 => Affine(init = Normal(0.1)) => Softplus => 6 => Affine => Elu => 5
        => Affine(init = Constant(0.1)) => Gelu => 4 => Affine => Silu => 3 => Affine => HardSwish => 9 => Affine => Mish => 8
        => Softmax => Affine => SoftmaxLoss => 3
}
network! {
    /// The first layer is an activation, one layer is frozen, one is a network.
    Frozen: 3 => Gelu => #[frozen] Affine => Relu => 10 => Inner => 4 => Affine => HuberLoss(0.5) => 3
}
network! { Inner: 10 => Affine => Tanh => 4 }
network! { Squares<f64>: 3 => Affine => Mish => 4 => Affine => MseLoss => 3 }
network! { YesNo: 3 => Affine => Elu(0.5) => 4 => Affine => SigmoidLoss => 3 }
network! { Wide: 100 => Affine => Relu => 100 => Affine => SoftmaxLoss => 10 }

program!(run);

fn run() -> bool {
    #[cfg(feature = "control")]
    black_box([1, 2][black_box(3)]);
    // What an optimiser does, depends on no loss; so all of them with one, and all losses with one of them.
    optimizers::<Frozen>()
        & Labels::train(Sgd::new(0.1), &[Class::new(black_box(1)).unwrap_or(ZERO)])
        & Labels::train(Sgd::new(0.1), &[vector()])
        & YesNo::train(Sgd::new(0.1), &[vector()])
        & squares()
        & wide()
        & logits()
}

const ZERO: Class<3> = match Class::new(0) {
    Ok(zero) => zero,
    Err(_) => panic!(),
};

fn vector() -> SVector<f32, 3> {
    SVector::from(black_box([0.1, 0.2, 0.3]))
}

fn optimizers<N: Trains<SVector<f32, 3>>>() -> bool {
    let targets = [vector()];
    N::train(Sgd::new(0.1), &targets)
        & N::train(Momentum::new(0.1, 0.9), &targets)
        & N::train(Nesterov::new(0.1, 0.9), &targets)
        & N::train(AdaGrad::new(0.1), &targets)
        & N::train(RmsProp::new(0.1), &targets)
        & N::train(Adadelta::new(), &targets)
        & N::train(Adam::new(0.1), &targets)
        & N::train(AdamW::new(Adam::new(0.1), 0.01), &targets)
}

trait Trains<Y> {
    fn train<O: Optimizer<f32>>(optimizer: O, targets: &[Y]) -> bool;
}

macro_rules! trains {
    ($($network:ident $target:ty,)*) => {$(
        impl Trains<$target> for $network {
            fn train<O: Optimizer<f32>>(optimizer: O, targets: &[$target]) -> bool {
                let x = black_box([vector(), vector()]);
                let x = x.get(..black_box(1)).unwrap_or_default();
                let targets = targets.get(..black_box(1)).unwrap_or_default();
                let mut network = $network::new();
                network.init(black_box(1));
                let mut training = Training::<$network, O, 2>::new(optimizer);
                training.schedule = black_box(Schedule::cosine(10, 0.1).warm_up(2));
                training.clip = black_box(Clip::Norm(1.0));
                let stepped = training.step(&mut network, x, targets).is_ok()
                    & Online::<$network, 2>::new(0.1).step(&mut network, x, targets).is_ok();
                let loss = Inference::<$network, 2>::new().loss(&network, x, targets).unwrap_or(0.0);

                let mut bytes = [0u8; 8192];
                let saved = network.write_bytes(black_box(&mut bytes)).is_ok();
                let loaded = network.read_bytes(black_box(&bytes)).is_ok();
                let state = training.write_bytes(black_box(&mut bytes)).is_ok();
                let restored = training.read_bytes(black_box(&bytes)).is_ok();
                black_box(&network);
                stepped & (loss < 1.0) & saved & loaded & state & restored
            }
        }
    )*};
}

trains! {
    Labels Class<3>,
    Labels SVector<f32, 3>,
    Frozen SVector<f32, 3>,
    YesNo SVector<f32, 3>,
}

fn squares() -> bool {
    let x = [SVector::from(black_box([0.1f64, 0.2, 0.3]))];
    let mut network = Squares::new();
    network.init(black_box(1));
    let mut training = Training::<Squares, Adam<f64>, 1>::new(Adam::new(0.1));
    let right = training.step(&mut network, &x, &x).is_ok();
    right & (network.output(&x[0], &mut Inference::<Squares, 1>::new()).x > 0.0)
}

fn wide() -> bool {
    static mut NETWORK: Wide = Wide::new();
    static mut TRAINING: Training<Wide, Adam<f32>, 4> =
        Training::new(Adam { learning_rate: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 });
    // SAFETY: called once.
    let (network, training) = unsafe { (&mut *(&raw mut NETWORK), &mut *(&raw mut TRAINING)) };
    let inputs = [SVector::<f32, 100>::zeros(); 8];
    let labels = [TEN; 8];
    let mut batch = Batch::<SVector<f32, 100>, Class<10>, 8>::new();
    let mut order = Order::shuffled(black_box(8), &mut Rng::new(black_box(3)));
    while let Ok(Some((x, d))) = batch.gather(&mut order, &inputs, &labels) {
        if training.step(network, x, d).is_err() {
            return false;
        }
    }
    let mut memory = Inference::<Wide, 4>::new();
    let mut classes = labels;
    network.classify_batch(black_box(&inputs), black_box(&mut classes), &mut memory).is_ok()
}

const TEN: Class<10> = match Class::new(0) {
    Ok(zero) => zero,
    Err(_) => panic!(),
};

fn logits() -> bool {
    let x = [vector(), vector()];
    let network = Labels::new();
    let mut memory = Inference::<Labels, 2>::new();
    let mut y = [SVector::<f32, 3>::zeros(); 2];
    let one = network.logits(black_box(&x[0]), &mut memory).x + network.probabilities(&x[0], &mut memory).x;
    let many = network.logits_batch(&x, black_box(&mut y), &mut memory).is_ok()
        & network.probabilities_batch(&x, black_box(&mut y), &mut memory).is_ok();
    let class = network.classify(&x[0], &mut memory);
    black_box(class);
    let yes = YesNo::new().probabilities(&x[0], &mut Inference::<YesNo, 1>::new()).x;
    let value = Frozen::new().output(&x[0], &mut Inference::<Frozen, 1>::new()).x;
    many & (one + yes + value > 0.0)
}
