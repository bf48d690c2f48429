use chainrule::prelude::*;

network! { Xor: 2 => Affine => Tanh => 4 => Affine => SigmoidLoss => 1 }

fn main() -> Result<(), StepError> {
    let mut network = Xor::new();
    network.init(1);
    let mut training = Training::<Xor, Sgd<f32>, 3>::new(Sgd::new(0.1));
    let vectors: Vec<SVector<f32, 2>> = vec![[0.0, 1.0].into(), [1.0, 1.0].into()];
    let targets = vec![SVector::from([1.0]), SVector::from([0.0])];
    training.step(&mut network, &vectors, &targets)?;
    training.step(&mut network, &[[0.0, 1.0], [1.0, 1.0]], &[SVector::from([1.0]), SVector::from([0.0])])?;
    training.step(&mut network, &vectors[1..], &targets[..1])?;
    let mut memory = Inference::<_, 1>::new();
    assert!(network.probabilities(&[0.0, 1.0], &mut memory)[0] > 0.0);
    assert!(network.logits(&vectors[0], &mut memory)[0].is_finite());
    Ok(())
}
