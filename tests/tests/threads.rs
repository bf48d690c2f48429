//! The same step in parts: the same bits, whatever the parts are and whoever runs them.

use chainrule::optim::Optimizer;
use chainrule::phases::{Executor, Part};
use chainrule::{Threads, prelude::*};

network! { Encoder: 30 => Affine => Tanh => 21 => #[frozen] Affine => 9 => Affine => 5 }
network! { Mixed: 30 => Encoder => 5 => Affine => Gelu => 13 => #[frozen] Affine => Relu => 70 => Affine => SoftmaxLoss => 10 }

/// Runs a phase in parts of a given size, in a row, the last first.
struct Parts(usize);

impl Executor for Parts {
    fn run<P: Part>(&self, phase: P) -> bool {
        let size = phase.size();
        if size <= self.0 {
            return phase.run();
        }
        let (first, rest) = phase.split_at(self.0);
        if rest.size() == size {
            return rest.run();
        }
        self.run(rest) & first.run()
    }
}

network! { Large: 50 => Affine => Relu => 2000 => #[frozen] Affine => Relu => 10 => Affine => Tanh => 500 => Affine => SoftmaxLoss => 60 }

/// Three updates, of a network whose first layer alone is worth several threads, as bits.
fn update<O: Optimizer<f32>>(executor: &(impl Executor + Sync), optimizer: O) -> Vec<u32>
where
    Training<Large, O, 3>: Send,
{
    let mut rng = Rng::new(5);
    let x: Vec<SVector<f32, 50>> = (0..3).map(|_| SVector::from_fn(|_, _| rng.symmetric())).collect();
    let labels: Vec<Class<60>> = (0..3).map(|i| Class::new(i).unwrap()).collect();
    let mut network = Large::boxed();
    network.init(2);
    let mut training = Training::<Large, O, 3>::boxed(optimizer);
    for _ in 0..3 {
        training.step_on(executor, &mut *network, &x, &labels).unwrap();
    }
    let mut state = vec![0; Training::<Large, O, 3>::SAVED_BYTES];
    training.write_bytes(&mut state).unwrap();
    network.as_slice().iter().map(|w| w.to_bits()).chain(state.into_iter().map(u32::from)).collect()
}

fn assert_same_bits_on_all_executors<O: Optimizer<f32>>(optimizer: O)
where
    Training<Large, O, 3>: Send,
{
    let whole = update(&chainrule::phases::Sequential, optimizer);
    for size in [64, 100, 1000, 7777, 30_000] {
        assert!(update(&Parts(size), optimizer) == whole, "{} in parts of {size}", O::NAME);
    }
    for threads in [1, 2, 3] {
        let pool = rayon_core::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        assert!(pool.install(|| update(&Threads, optimizer)) == whole, "{} on {threads} threads", O::NAME);
    }
}

#[test]
fn every_optimiser_gives_the_same_bits_in_parts_and_on_threads() {
    assert_same_bits_on_all_executors(Sgd::new(0.1));
    assert_same_bits_on_all_executors(Momentum::new(0.1, 0.9));
    assert_same_bits_on_all_executors(Nesterov::new(0.1, 0.9));
    assert_same_bits_on_all_executors(AdaGrad::new(0.01));
    assert_same_bits_on_all_executors(RmsProp::new(0.01));
    assert_same_bits_on_all_executors(Adadelta::new());
    assert_same_bits_on_all_executors(Adam::new(0.01));
    assert_same_bits_on_all_executors(AdamW::new(Adam::new(0.01), 0.1));
}

/// Ten steps of training, as bits.
fn train(executor: &(impl Executor + Sync)) -> Vec<u32> {
    let mut rng = Rng::new(4);
    let x: Vec<SVector<f32, 30>> = (0..37).map(|_| SVector::from_fn(|_, _| rng.symmetric())).collect();
    let labels: Vec<Class<10>> = (0..37).map(|i| Class::new(i % 10).unwrap()).collect();
    let mut network = Mixed::boxed();
    network.init(1);
    let mut training = Training::<Mixed, Adam<f32>, 32>::boxed(Adam::new(0.01));
    let mut losses = 0.0;
    for _ in 0..10 {
        losses += training.step_on(executor, &mut *network, &x, &labels).unwrap();
    }
    network.as_slice().iter().chain([&losses]).map(|w| w.to_bits()).collect()
}

#[test]
fn a_step_in_parts_of_any_size_gives_the_bits_of_the_whole() {
    let whole = train(&chainrule::phases::Sequential);
    for size in [1, 2, 3, 7, 16, 100, 1000] {
        assert!(train(&Parts(size)) == whole, "parts of {size}");
    }
}

#[test]
fn a_step_on_any_number_of_threads_gives_the_bits_of_one() {
    let whole = train(&chainrule::phases::Sequential);
    assert!(train(&Threads) == whole, "the global pool");
    assert!(Threads.enter(|| train(&Threads)) == whole, "the global pool, entered once");
    for threads in [1, 2, 3, 4, 7] {
        let pool = rayon_core::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        assert!(pool.install(|| train(&Threads)) == whole, "{threads} threads");
    }
}

network! { Line: 600 => Affine => MseLoss => 1 }

/// One step whose loss is ½ · 10³⁸ and whose gradient by one weight is 10¹⁹ · 10²⁵.
fn overflow(executor: &(impl Executor + Sync)) {
    for column in [0, 299, 300, 599] {
        let mut x = [SVector::<f32, 600>::zeros()];
        x[0][column] = 1e25;
        let mut network = Line::new();
        let mut training = Training::<Line, Sgd<f32>, 1>::boxed(Sgd::new(0.1));
        let outcome = training.step_on(executor, &mut network, &x, &[SVector::from([1e19])]);
        assert_eq!(outcome, Err(StepError::NonFiniteGradient), "column {column}");
        assert!(network.as_slice().iter().all(|&w| w == 0.0));
    }
}

#[test]
fn a_gradient_that_overflows_in_one_part_is_an_error_whoever_computes_it() {
    overflow(&Parts(100));
    for threads in [1, 2, 3] {
        let pool = rayon_core::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| overflow(&Threads));
    }
}

/// A single sample has kernels of its own, so a part must not be left with one where the whole has more.
#[test]
fn one_sample_more_than_a_part_holds_gives_the_bits_of_the_whole() {
    fn gradient(executor: &(impl Executor + Sync), samples: usize) -> Vec<u32> {
        let mut rng = Rng::new(4);
        let x: Vec<SVector<f32, 30>> = (0..samples).map(|_| SVector::from_fn(|_, _| rng.symmetric())).collect();
        let labels: Vec<Class<10>> = (0..samples).map(|i| Class::new(i % 10).unwrap()).collect();
        let mut network = Mixed::boxed();
        network.init(1);
        let mut training = Training::<Mixed, Sgd<f32>, 33>::boxed(Sgd::new(0.01));
        training.step_on(executor, &mut *network, &x, &labels).unwrap();
        training.gradient().as_slice().iter().map(|g| g.to_bits()).collect()
    }
    for samples in [2, 9, 10, 17, 25, 33] {
        let whole = gradient(&chainrule::phases::Sequential, samples);
        for size in [1, 8, 9, 16, 24, 32] {
            assert!(gradient(&Parts(size), samples) == whole, "{samples} samples in parts of {size}");
        }
    }
}
