//! A training step on all cores.

use crate::phases::{Executor, Part};

/// Runs the phases of a step on the threads of rayon's pool: the one it is called in, or else the global one.
/// The pool is entered once a step, and nothing is spawned.
///
/// ```
/// use chainrule::{Threads, prelude::*};
///
/// network! { Net: 20 => Affine => Relu => 30 => Affine => MseLoss => 2 }
///
/// let mut network = Net::boxed_seeded(1);
/// let mut training = Training::<Net, Sgd<f32>, 64>::boxed(Sgd::new(0.1));
/// let x = vec![[0.5; 20]; 64];
/// let d = vec![[1.0, 0.0]; 64];
/// training.step_on(&Threads, &mut network, &x, &d)?;
/// # Ok::<(), StepError>(())
/// ```
///
/// A step that enters the pool from outside waits until a thread of the pool and then its own are awake, about 15 µs. Many
/// short steps enter it [together](Executor::enter):
///
/// ```
/// # use chainrule::{Threads, phases::Executor, prelude::*};
/// # network! { Net: 20 => Affine => Relu => 30 => Affine => MseLoss => 2 }
/// # let mut network = Net::boxed_seeded(1);
/// # let mut training = Training::<Net, Sgd<f32>, 64>::boxed(Sgd::new(0.1));
/// # let x = vec![[0.5; 20]; 640];
/// # let d = vec![[1.0, 0.0]; 640];
/// Threads.enter(|| {
///     for (x, d) in x.chunks(64).zip(d.chunks(64)) {
///         training.step_on(&Threads, &mut network, x, d)?;
///     }
///     Ok::<(), StepError>(())
/// })?;
/// # Ok::<(), StepError>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Threads;

impl Executor for Threads {
    fn run<P: Part>(&self, phase: P) -> bool {
        let worth = phase.size() / phase.grain().max(1);
        share(phase, rayon_core::current_num_threads().min(worth))
    }

    fn enter<R: Send>(&self, step: impl FnOnce() -> R + Send) -> R {
        rayon_core::scope(|_| step())
    }
}

/// Splits a phase among `threads`, in halves of halves, so that each part can be taken by another thread.
fn share<P: Part>(phase: P, threads: usize) -> bool {
    let size = phase.size();
    if threads < 2 || size < 2 {
        return phase.run();
    }
    let others = threads / 2;
    let (mine, theirs) = phase.split_at(size - size * others / threads);
    let (a, b) = rayon_core::join(|| share(mine, threads - others), || share(theirs, others));
    a & b
}
