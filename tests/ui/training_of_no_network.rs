use chainrule::prelude::*;

fn main() {
    let _ = Training::<f32, Sgd<f32>, 1>::new(Sgd::new(0.1));
}
