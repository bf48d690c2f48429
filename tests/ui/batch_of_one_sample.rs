use chainrule::prelude::*;

fn main() {
    let x = SVector::<f32, 2>::zeros();
    let mut batch = Batch::<_, _, 2>::new();
    let _ = batch.gather(&mut Order::in_order(4), &x, &[[1.0f32]; 4]);
}
