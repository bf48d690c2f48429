use chainrule::prelude::*;

network! { Xor: 2 => Affine => 2 }

fn main() {
    let mut memory = Inference::<Xor, 1>::new();
    let _ = Xor::new().classify(&SVector::<f32, 2>::zeros(), &mut memory);
}
