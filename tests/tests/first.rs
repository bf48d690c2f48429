//! x
use chainrule::prelude::*;
network! { pub Mnist: 784 => Affine => Relu => 50 => Affine => SoftmaxLoss => 10 }
network! { pub Xor: 2 => Affine => Tanh => 8 => Affine => SigmoidLoss => 1 }
network! { pub Enc: 6 => Affine => Gelu => 4 }
network! { pub Dec: 4 => Affine => Relu => 7 => Affine(init=Normal(0.1)) => 6 }
#[test]
fn t() {
    let inputs = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]].map(SVector::<f32, 2>::from);
    let targets = [0.0, 1.0, 1.0, 0.0].map(|d| SVector::from([d]));
    let mut network = Xor::new();
    network.init(1);
    let mut training = Training::<Xor, Adam<f32>, 3>::new(Adam::new(0.05));
    for _ in 0..200 { println!("{}", training.step(&mut network, &inputs, &targets).unwrap()); }
    assert!(training.step(&mut network, &inputs, &targets).unwrap() < 0.1);
}
network! { pub Auto<T, const N: usize>: N => Enc2<T, N> => 4 => LeakyRelu(0.1) => Affine => HuberLoss(0.5) => N }
network! { pub Enc2<T, const N: usize>: N => Affine => Gelu => 4 }
network! { pub Deep: 6 => #[frozen] Affine => Relu => 5 => Affine => Silu => 4 => Sigmoid => Affine => Relu => Tanh => 3 => Affine => Softmax => 2 }
#[test]
fn gc() {
    let mut network = Auto::<f64, 6>::new();
    network.init(1);
    let mut training = Box::new(Training::<Auto<f64,6>, Sgd<f64>, 2>::new(Sgd::new(0.05)));
    let x: Vec<_> = (0..3).map(|i| SVector::<f64, 6>::from_fn(|j, _| (i * 7 + j) as f64 * 0.37 % 1.3 - 0.4)).collect();
    let c = gradcheck(&mut network, &mut training, &mut Inference::<_, 1>::new(), &x, &x).unwrap();
    println!("{c}");
    assert!(c.worst.relative < 1e-7);
}
