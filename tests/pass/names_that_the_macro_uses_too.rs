#![allow(dead_code, non_camel_case_types, non_upper_case_globals)]

struct Layer;
struct Link;
struct Network;
struct Params;
struct Shape;
struct Takes;
struct Trainable;
struct View;
struct Width;
struct Affine;
struct Relu;
struct Scalar;
struct Result;
struct Option;
struct B;
struct S;
const M: usize = 1;
const N: usize = 2;
mod core {}
mod std {}
mod nalgebra {}

chainrule::network! { x: 2 => Affine => Relu => M => Affine => Tanh => N => Affine => SoftmaxLoss => 3 }
chainrule::network! { Open<T, const K: usize>: K => Affine => Relu => N => Affine => MseLoss => K }

fn main() {
    let _ = (x::new(), Open::<f32, 3>::new());
}
