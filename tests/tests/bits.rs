//! Which results are the same to the bit: of one level in debug and in release, of a sample in whatever company.

use std::sync::Mutex;

use chainrule::kernels::{Level, set_level};
use chainrule::prelude::*;

/// The level is one for all of the program, so tests take turns.
static LEVEL: Mutex<()> = Mutex::new(());

const LEVELS: [Level; 5] = [Level::Portable, Level::Sse2, Level::Avx2, Level::Avx512, Level::Neon];

fn at_every_level(mut test: impl FnMut(Level)) {
    let _turn = LEVEL.lock().unwrap();
    LEVELS.into_iter().filter(|&level| set_level(level)).for_each(&mut test);
}

network! {
    Mixed: 20 => Affine => Relu => 70 => Affine => Gelu => 17 => Affine => Tanh => 33 => Affine => Silu => 9
        => Affine => SoftmaxLoss => 5
}
network! {
    Double<f64>: 20 => Affine => Softplus => 70 => Affine => Mish => 17 => Affine => Elu => 33
        => #[frozen] Affine => Softmax => 9 => Affine => SigmoidLoss => 5
}
network! { Tiny: 4 => Affine => Tanh => 16 => Affine => Sigmoid => 12 => Affine => MseLoss => 2 }

/// FNV-1a over the bits of numbers.
fn hash(bits: impl IntoIterator<Item = u64>) -> u64 {
    bits.into_iter().fold(0xcbf2_9ce4_8422_2325, |hash, bits| (hash ^ bits).wrapping_mul(0x100_0000_01b3))
}

/// The parameters that all kinds of training leave, as one number.
fn trained() -> u64 {
    let mut rng = Rng::new(3);
    let x: Vec<SVector<f32, 20>> = (0..13).map(|_| SVector::from_fn(|_, _| rng.normal())).collect();
    let labels: Vec<Class<5>> = (0..13).map(|i| Class::new(i % 5).unwrap()).collect();
    let mut mixed = Mixed::boxed();
    mixed.init(1);
    let mut training = Training::<Mixed, AdamW<f32>, 4>::boxed(AdamW::new(Adam::new(0.01), 0.01));
    training.clip = Clip::Norm(1.0);
    training.schedule = Schedule::cosine(50, 0.1).warm_up(5);
    for _ in 0..40 {
        training.step(&mut *mixed, &x, &labels).unwrap();
    }
    let mut online = Online::<Mixed, 3>::boxed(0.01);
    for _ in 0..5 {
        online.epoch(&mut *mixed, &x, &labels, Order::shuffled(13, &mut rng)).unwrap();
        online.step(&mut *mixed, &x[..3], &labels[..3]).unwrap();
    }

    let x: Vec<SVector<f64, 20>> = x.iter().map(|x| x.map(f64::from)).collect();
    let targets: Vec<SVector<f64, 5>> = (0..13).map(|_| SVector::from_fn(|_, _| rng.uniform())).collect();
    let mut double = Double::boxed();
    double.init(1);
    let mut training = Training::<Double, Adadelta<f64>, 5>::boxed(Adadelta::new());
    for _ in 0..40 {
        training.step(&mut *double, &x, &targets).unwrap();
    }

    let x: Vec<SVector<f32, 4>> = (0..9).map(|_| SVector::from_fn(|_, _| rng.normal())).collect();
    let targets: Vec<SVector<f32, 2>> = x.iter().map(|x| SVector::from([x[0] * x[1], x[2]])).collect();
    let mut tiny = Tiny::new();
    tiny.init(1);
    let mut training = Training::<Tiny, Momentum<f32>, 8>::new(Momentum::new(0.05, 0.9));
    for _ in 0..40 {
        training.step(&mut tiny, &x, &targets).unwrap();
        training.step(&mut tiny, &x[..1], &targets[..1]).unwrap();
    }
    let singles = mixed.as_slice().iter().chain(tiny.as_slice()).map(|w| u64::from(w.to_bits()));
    hash(singles.chain(double.as_slice().iter().map(|w| w.to_bits())))
}

/// A change of a kernel that changes the order of sums, or of `libm`, moves these; the message says to what. They are the
/// same for both builds.
#[test]
fn a_level_leaves_the_same_bits_in_debug_and_in_release() {
    let mut found = Vec::new();
    at_every_level(|level| found.push((level, trained())));
    for (level, hash) in &found {
        let expected = match level {
            Level::Portable => 0x1c20_7ef2_1596_8191,
            Level::Sse2 => 0xf290_1121_04e2_7650,
            Level::Avx2 => 0xb777_59d0_535f_80e1,
            Level::Avx512 => 0xd9ad_5dca_1e30_da8e,
            _ => continue,
        };
        assert_eq!(*hash, expected, "{level}; all are {found:#x?}");
    }
}

network! { Middle: 32 => Affine => Relu => 64 => Affine => SoftmaxLoss => 10 }
network! { Wide: 300 => Affine => Gelu => 130 => Affine => SoftmaxLoss => 10 }
network! { Small: 4 => Affine => Tanh => 8 => Affine => Softmax => 3 => Affine => SoftmaxLoss => 2 }

/// The logits of samples by a memory of this capacity.
macro_rules! logits {
    ($network:ident, $capacity:literal, $x:expr) => {{
        let mut y = vec![SVector::zeros(); $x.len()];
        $network.logits_batch($x, &mut y, &mut Inference::<_, $capacity>::boxed()).unwrap();
        y
    }};
}

macro_rules! in_company {
    ($Network:ident, $inputs:literal) => {
        at_every_level(|level| {
            let mut network = $Network::boxed();
            network.init(1);
            let mut rng = Rng::new(2);
            let x: Vec<SVector<f32, $inputs>> = (0..130).map(|_| SVector::from_fn(|_, _| rng.normal())).collect();
            let all = logits!(network, 130, &x);
            // In pieces of 64, 64 and 2; of 13; and in the other order.
            assert!(all == logits!(network, 64, &x), "{} at {level}", stringify!($Network));
            assert!(all == logits!(network, 13, &x), "{} at {level}", stringify!($Network));
            let backwards: Vec<_> = x.iter().rev().copied().collect();
            let mut y = logits!(network, 64, &backwards);
            y.reverse();
            assert!(all == y, "{} at {level}", stringify!($Network));
            // Alone.
            for (y, alone) in all.iter().zip(logits!(network, 1, &x)) {
                let near = (y - alone).amax() <= 1e-5 * y.amax();
                assert!(near && (level != Level::Portable || *y == alone), "{} at {level}", stringify!($Network));
            }
        });
    };
}

#[test]
fn a_sample_gives_the_same_bits_in_all_company_and_at_the_portable_level_also_alone() {
    in_company!(Middle, 32);
    in_company!(Wide, 300);
    in_company!(Small, 4);
}
