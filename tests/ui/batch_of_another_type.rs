use chainrule::prelude::*;

fn main() {
    let mut batch = Batch::<SVector<f32, 2>, SVector<f32, 1>, 2>::new();
    let _ = batch.gather(&mut Order::in_order(4), &[[1.0f32, 2.0]; 4], &[SVector::<f32, 1>::zeros(); 4]);
}
