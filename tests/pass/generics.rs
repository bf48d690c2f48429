use chainrule::prelude::*;

network! { Coder<T, const N: usize, const CODE: usize>: N => Affine => Relu => CODE => Affine => HuberLoss(0.5) => N }
network! { Fixed<const N: usize>: N => Affine => LeakyRelu(0.1) => 2 }
network! { Double<f64>: 2 => Affine => Elu => 3 }
network! { Open<T>: 2 => Affine => Gelu => 3 }

fn train<T: Scalar, const N: usize>(x: &[SVector<T, N>]) -> Result<T, StepError> {
    let mut network = Coder::<T, N, 2>::new();
    network.init(1);
    Training::<Coder<T, N, 2>, Sgd<T>, 1>::new(Sgd::new(T::ONE)).step(&mut network, x, x)
}

fn main() {
    assert!(train(&[SVector::from([1.0_f64, 2.0, 3.0])]).is_ok());
    assert_eq!((Fixed::<5>::INPUT, Double::PARAMS, Open::<f32>::PARAMS), (5, 9, 9));
}
