use chainrule::prelude::*;

fn main() {
    let mut batch = Batch::<[f32; 3], _, 2>::new();
    let _ = batch.gather_scaled(&mut Order::in_order(4), &vec![0u8; 12], &[[1.0f32]; 4], 1.0, 0.0);
}
