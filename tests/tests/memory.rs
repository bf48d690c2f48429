//! No allocation, little stack, no byte more than needed.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::mem::size_of;

use chainrule::optim::{Optimizer, StateOf};
use chainrule::prelude::*;

/// Counts the allocations of the thread it is asked on.
struct Counting;

thread_local! {
    static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
}

// SAFETY: everything is passed on to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.with(|count| count.set(count.get() + 1));
        // SAFETY: as above.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        // SAFETY: as above.
        unsafe { System.dealloc(place, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// How many allocations a piece of code makes on this thread.
fn allocations(code: impl FnOnce()) -> usize {
    let before = ALLOCATIONS.with(Cell::get);
    code();
    ALLOCATIONS.with(Cell::get) - before
}

#[test]
fn the_counter_counts() {
    assert_eq!(allocations(|| drop(std::hint::black_box(Box::new(1)))), 1);
}

network! { Small: 6 => Affine => Gelu => 5 => Affine => LeakyRelu(0.1) => 4 => Affine => SoftmaxLoss => 3 }
network! { Regression: 6 => Inner => 4 => Affine => HuberLoss(1.0) => 3 }
network! { Inner: 6 => Tanh => Affine => Silu => 4 }

#[test]
fn init_training_with_every_optimiser_inference_and_gradient_check_allocate_nothing() {
    fn train<O: Optimizer<f32>>(optimizer: O) {
        let mut network = Small::new();
        let mut training = Training::<Small, O, 2>::new(optimizer);
        training.clip = Clip::Norm(1.0);
        training.schedule = Schedule::cosine(10, 0.1).warm_up(2);
        let x = [[0.1, -0.2, 0.3, 0.4, -0.5, 0.6], [0.5; 6], [-0.3; 6]].map(SVector::from);
        let labels = [0, 1, 2].map(|label| Class::new(label).unwrap());
        let mut probabilities = [SVector::zeros(); 3];
        let mut classes = labels;
        let mut memory = Inference::<Small, 2>::new();
        let mut batch = Batch::<_, _, 2>::new();
        let mut online = Online::<Small, 2>::new(0.1);
        let count = allocations(|| {
            network.init(1);
            let mut rng = Rng::new(1);
            for _ in 0..3 {
                let mut order = Order::shuffled(3, &mut rng);
                while let Some((x, labels)) = batch.gather(&mut order, &x, &labels).unwrap() {
                    training.step(&mut network, x, labels).unwrap();
                }
            }
            online.step(&mut network, &x[..2], &labels[..2]).unwrap();
            online.epoch(&mut network, &x, &labels, 0..x.len()).unwrap();
            network.logits(&x[0], &mut memory);
            network.probabilities_batch(&x, &mut probabilities, &mut memory).unwrap();
            network.classify_batch(&x, &mut classes, &mut memory).unwrap();
            memory.loss(&network, &x, &labels).unwrap();
            gradcheck(&mut training, &mut network, &mut memory, &x, &labels).unwrap();
        });
        assert_eq!(count, 0, "{}", std::any::type_name::<O>());
    }
    train(Sgd::new(0.1));
    train(Momentum::new(0.1, 0.9));
    train(Nesterov::new(0.1, 0.9));
    train(AdaGrad::new(0.1));
    train(RmsProp::new(0.01));
    train(Adadelta::new());
    train(Adam::new(0.01));
    train(AdamW::new(Adam::new(0.01), 0.01));
}

#[test]
fn a_network_in_a_network_allocates_nothing() {
    let mut network = Regression::new();
    let mut training = Training::<Regression, Sgd<f32>, 1>::new(Sgd::new(0.1));
    let mut memory = Inference::<Regression, 1>::new();
    let count = allocations(|| {
        network.init(3);
        training.step(&mut network, &[[0.5; 6]], &[SVector::from([0.0, 1.0, 2.0])]).unwrap();
        network.output(&[0.5; 6], &mut memory);
    });
    assert_eq!(count, 0);
}

network! { Large: 784 => Affine => Relu => 512 => Affine => Relu => 512 => Affine => SoftmaxLoss => 10 }

/// Each of the three would overflow the stack if it ever lay on it: network 2.6 MiB, with Adam's state 8 MiB.
#[test]
fn a_large_network_is_made_and_trained_with_adam_on_a_stack_of_64_kib() {
    let thread = std::thread::Builder::new().stack_size(64 * 1024);
    let losses = thread
        .spawn(|| {
            let mut network = Large::boxed();
            network.init(1);
            let mut training = Training::<Large, Adam<f32>, 4>::boxed(Adam::new(1e-3));
            let mut batch = Batch::<SVector<f32, 784>, Class<10>, 4>::boxed();
            let mut rng = Rng::new(2);
            let (x, labels) = batch
                .fill(&mut (0..4), |index, x, label| {
                    x.as_mut_slice().fill_with(|| rng.uniform());
                    *label = Class::new(index).unwrap();
                })
                .unwrap();
            let losses = [(); 3].map(|()| training.step(&mut network, x, labels).unwrap());
            let mut memory = Inference::<Large, 1>::boxed();
            assert!(network.probabilities(&x[0], &mut memory).sum() > 0.99);
            losses
        })
        .unwrap()
        .join()
        .unwrap();
    assert!(losses[2] < losses[0], "{losses:?}");
}

/// Networks and workspaces for firmware lie in statics, as zeros.
static NETWORK: Small = Small::new();
static TRAINING: std::sync::Mutex<Training<Small, Sgd<f32>, 1>> = std::sync::Mutex::new(Training::new(Sgd::new(0.1)));

#[test]
fn networks_and_workspaces_have_const_constructors() {
    assert_eq!(NETWORK.as_slice(), [0.0; Small::PARAMS]);
    assert_eq!(TRAINING.lock().unwrap().steps(), 0);
}

#[test]
fn a_network_is_nothing_but_its_parameters_and_optimisers_keep_what_they_need() {
    fn state<O: Optimizer<f32>>(_: O) -> usize {
        size_of::<StateOf<O, f32, GradientOf<Small>>>()
    }
    let bytes = 4 * (6 * 5 + 5 + 5 * 4 + 4 + 4 * 3 + 3);
    assert_eq!(size_of::<Small>(), bytes);
    assert_eq!(size_of::<GradientOf<Small>>(), bytes);
    assert_eq!(Small::PARAMS * 4, bytes);
    assert_eq!((Small::INPUT, Small::OUTPUT), (6, 3));
    assert_eq!(state(Sgd::new(0.1)), 0);
    assert_eq!(state(Momentum::new(0.1, 0.9)), bytes);
    assert_eq!(state(Adam::new(0.1)), 2 * bytes + 8);
}
