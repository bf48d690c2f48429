use chainrule::prelude::*;

network! { Mnist: 784 => Affine => 10 }

fn main() {
    let mut memory = Inference::<Mnist, 1>::new();
    let _ = Mnist::new().logits(&SVector::<f32, 784>::zeros(), &mut memory);
}
