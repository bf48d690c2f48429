use chainrule::prelude::*;

network! { Encoder: 6 => Affine => Gelu => 4 }
network! { Decoder<T, const N: usize>: 4 => Affine => Relu => 7 => Affine => N }
network! { Auto: 6 => Encoder => 4 => #[frozen] Decoder<f32, 6> => MseLoss => 6 }
network! { Open<T, const N: usize>: N => Affine => 4 => Decoder<T, N> => N }
network! { Same: 4 => Square => Square => Relu => 4 }
network! { Square: 4 => Affine => 4 }

fn main() {
    let mut network = Auto::new();
    network.init(1);
    let x = [SVector::from([1.0, 0.0, 0.0, 0.0, 0.0, 0.0])];
    assert!(Training::<Auto, Adam<f32>, 1>::new(Adam::new(0.1)).step(&mut network, &x, &x).is_ok());
    assert_eq!((Open::<f64, 2>::PARAMS, Same::PARAMS), (63, 40));
}
