//! Arrays are vectors, and what points to samples is passed as they are.

use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;

use chainrule::network::Takes;
use chainrule::prelude::*;
use chainrule::samples::{Samples, Values};

network! { Xor: 2 => Affine => Tanh => 4 => Affine => SigmoidLoss => 1 }
network! { Double<f64>: 2 => Affine => MseLoss => 2 }
network! { Generic<T, const N: usize>: N => Affine => SoftmaxLoss => 3 }

fn generic<T: Scalar, const N: usize>(network: &Generic<T, N>, x: &[[T; N]]) -> Class<3> {
    let mut memory = Inference::<Generic<T, N>, 1>::boxed();
    network.classify(&x[0], &mut memory)
}

fn train<N, X>(network: &mut N, x: &X, targets: &[SVector<f32, 1>]) -> Result<f32, StepError>
where
    N: Trainable<Objective = chainrule::loss::SigmoidLoss> + Network<Scalar = f32> + Takes<Values<f32, 2>>,
    N::Objective: chainrule::loss::Loss<f32, N::Output, Values<f32, 1>>,
    X: Samples<Kind = Values<f32, 2>>,
{
    Training::<N, Sgd<f32>, 2>::boxed(Sgd::new(0.1)).step(network, x, targets)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut network = Xor::new();
    network.init(1);
    let mut training = Training::<Xor, Sgd<f32>, 3>::new(Sgd::new(0.1));
    let mut online = Online::<Xor, 4>::new(0.1);
    let mut memory = Inference::<Xor, 2>::new();

    // Numbers without a type are those of the network, in arrays and in vectors.
    let inputs = [[0.0, 1.0], [1.0, 1.0]];
    let targets = [[1.0], [0.0]];
    let vectors = inputs.map(SVector::from);
    training.step(&mut network, &inputs, &targets)?;
    training.step(&mut network, &vectors, &targets.map(SVector::from))?;
    training.step_on(&chainrule::Threads, &mut network, &inputs, &vec![SVector::from([1.0]); 2])?;
    training.step(&mut network, &[[0.0, 1.0]], &[SVector::from([1.0])])?;
    training.step(&mut network, &vectors[1..], &targets[..1])?;

    // Whatever points to them.
    let mut many = inputs.to_vec();
    training.step(&mut network, &many, &targets.to_vec())?;
    let lent = &mut many;
    training.step(&mut network, lent, &targets)?;
    training.step(&mut network, lent, &targets)?;
    training.step(&mut network, &Box::new(inputs), &Rc::new(targets))?;
    training.step(&mut network, &many.clone().into_boxed_slice(), &Arc::<[[f32; 1]]>::from(targets))?;
    training.step(&mut network, &Cow::Borrowed(&many[..]), &&targets)?;
    training.step(&mut network, &Aligned(inputs), &Box::new(Aligned(targets)))?;
    train(&mut network, &many, &[SVector::from([1.0]), SVector::from([0.0])])?;

    training.backward(&network, &inputs, &targets)?;
    online.step(&mut network, &inputs, &targets)?;
    online.epoch(&mut network, &many, &targets, Order::in_order(2))?;
    memory.loss(&network, &inputs, &targets)?;
    gradcheck(&mut training, &mut network, &mut memory, &inputs, &targets)?;

    // One sample, and outputs.
    assert!(network.probabilities(&[0.0, 1.0], &mut memory)[0] > 0.0);
    assert!(network.logits(&vectors[0], &mut memory)[0].is_finite());
    let lent = &mut [0.5; 2];
    assert_eq!(network.logits(lent, &mut memory)[0], network.logits(lent, &mut Inference::<_, 1>::new())[0]);
    assert!(network.logits(&Box::new([0.0; 2]), &mut memory)[0].is_finite());
    let mut arrays = [[0.0]; 2];
    let mut outputs = vec![SVector::zeros(); 2];
    network.probabilities_batch(&inputs, &mut arrays, &mut memory)?;
    network.logits_batch(&vectors, &mut outputs[..], &mut memory)?;
    network.probabilities_batch(&inputs, &mut outputs, &mut memory)?;
    assert_eq!(arrays.map(SVector::from).as_slice(), outputs);

    let double = Double::new();
    let mut two = [[1.0; 2]; 1];
    double.output_batch(&[[0.1, 0.2]], &mut two, &mut Inference::<_, 1>::new())?;
    assert_eq!(two, [[0.0f64; 2]]);

    let classifier = Generic::<f32, 2>::new();
    assert_eq!(generic(&classifier, &inputs).index(), 0);
    let mut classes = [Class::default(); 2];
    classifier.classify_batch(&inputs, &mut classes, &mut Inference::<_, 1>::new())?;
    let mut training = Training::<Generic<f32, 2>, Sgd<f32>, 1>::new(Sgd::new(0.1));
    let mut classifier = classifier;
    training.step(&mut classifier, &inputs, &classes)?;
    training.step(&mut classifier, &inputs, &[[1.0, 0.0, 0.0], [0.0, 0.5, 0.5]])?;

    // Mini-batches are of what the data set is of.
    let mut batch = Batch::<_, _, 2>::new();
    let mut order = Order::in_order(2);
    while let Some((x, d)) = batch.gather(&mut order, &many, &classes)? {
        training.step(&mut classifier, x, d)?;
    }
    let mut scaled = Batch::<[f32; 2], _, 2>::boxed();
    while let Some((x, d)) = scaled.gather_scaled(&mut order, &[[0u8, 255]; 2], &classes, 1.0 / 255.0, 0.0)? {
        training.step(&mut classifier, x, d)?;
    }
    Ok(())
}
