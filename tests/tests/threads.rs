//! The same step in parts: the same bits, whatever the parts are and whoever runs them.

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
    for threads in [1, 2, 3, 4, 7] {
        let pool = rayon_core::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        assert!(pool.install(|| train(&Threads)) == whole, "{threads} threads");
    }
}
