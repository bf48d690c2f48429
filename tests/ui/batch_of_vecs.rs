use chainrule::prelude::*;

fn main() {
    let inputs = vec![vec![0.0f32, 1.0]; 4];
    let mut batch = Batch::<_, _, 2>::new();
    let _ = batch.gather(&mut Order::in_order(4), &inputs, &[[1.0f32]; 4]);
}
