//! Layer by layer, forward and backward, with numbers that can be checked by hand: `cargo run --example layers`.

use chainrule::graph;
use chainrule::layer::{Accumulate, InPlace};
use chainrule::layers::{Affine, Relu, Sigmoid};
use chainrule::loss::{Loss, SoftmaxLoss};
use chainrule::nalgebra::{SMatrix, SVector};
use chainrule::shape::Width;
use chainrule::{Class, ClassOutOfRange};

graph! { Multiply<f64>(x, y) = x * y }
graph! { Add<f64>(x, y) = x + y }

fn main() -> Result<(), ClassOutOfRange> {
    println!("Multiply: z = x y. Backward, each input gets dz times the other one.");
    let multiply = Multiply::forward(3.0, 4.0);
    let d = multiply.backward_from(2.0);
    println!("  3 · 4 = {}; with dz = 2: dx = {}, dy = {}\n", multiply.output(), d.x, d.y);

    println!("Add: z = x + y. Backward, each input gets dz as it is.");
    let add = Add::forward(3.0, 4.0);
    let d = add.backward_from(2.0);
    println!("  3 + 4 = {}; with dz = 2: dx = {}, dy = {}\n", add.output(), d.x, d.y);

    println!("Relu: y = max(0, x). Backward, dy passes where y > 0: the mask.");
    let (y, mask, dx) = relu();
    println!(
        "  x  = [1, -0.5, -2, 3]\n  y  = {}\n  mask {}\n  dy = [1, 2, 3, 4]\n  dx = {}\n",
        row(&y),
        row(&mask),
        row(&dx)
    );

    println!("Sigmoid: y = 1 / (1 + exp(-x)). Backward, dx = y (1 - y) dy.");
    let (y, dx) = sigmoid();
    println!("  x  = [0, 1, -1]\n  y  = {}\n  dx = {}  for dy = 1\n", row(&y), row(&dx));

    println!("Affine: y = W x + b with W = [1 2 3; 4 5 6], b = [0.1, 0.2].");
    let one = affine([[1.0, 0.0, -1.0]], [[1.0, 2.0]]);
    println!("  one sample, x = [1, 0, -1], dy = [1, 2]:");
    one.print();
    let two = affine([[1.0, 0.0, -1.0], [2.0, 1.0, 0.0]], [[1.0, 2.0], [3.0, 4.0]]);
    println!("  a batch, with x = [2, 1, 0], dy = [3, 4] after it: dW and db are sums over the batch:");
    two.print();

    println!("SoftmaxLoss: y = softmax(x), loss = -ln y of the right class. Backward, dx = y - t.");
    let (loss, y, dx) = softmax_loss()?;
    println!("  x  = [0.3, 2.9, 4], t = [0, 0, 1]\n  y  = {}\n  loss = {loss:.4}\n  dx = {}", row(&y), row(&dx));
    Ok(())
}

/// y, the mask, and dx.
fn relu() -> (SVector<f64, 4>, SVector<f64, 4>, SVector<f64, 4>) {
    let mut y = [SVector::from([1.0, -0.5, -2.0, 3.0])];
    InPlace::<f64>::forward(&Relu, &mut y);
    let back = |dy| {
        let mut d = [SVector::from(dy)];
        InPlace::<f64>::backward(&Relu, &y, &mut d);
        d.only()
    };
    let mask = back([1.0; 4]);
    (y.only(), mask, back([1.0, 2.0, 3.0, 4.0]))
}

/// y and dx.
fn sigmoid() -> (SVector<f64, 3>, SVector<f64, 3>) {
    let mut y = [SVector::from([0.0, 1.0, -1.0])];
    InPlace::<f64>::forward(&Sigmoid, &mut y);
    let mut d = [SVector::from([1.0; 3])];
    InPlace::<f64>::backward(&Sigmoid, &y, &mut d);
    (y.only(), d.only())
}

/// What a layer y = W x + b computes for a batch.
struct Computed<const B: usize> {
    y: [SVector<f64, 2>; B],
    dx: [SVector<f64, 3>; B],
    gradient: Affine<f64, 3, 2>,
}

fn affine<const B: usize>(x: [[f64; 3]; B], dy: [[f64; 2]; B]) -> Computed<B> {
    let (x, dy) = (x.map(SVector::from), dy.map(SVector::from));
    let mut layer = Affine::new();
    layer.weight = SMatrix::from_row_slice(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
    layer.bias = SVector::from([0.1, 0.2]);
    let mut computed = Computed { y: [SVector::zeros(); B], dx: [SVector::zeros(); B], gradient: Affine::new() };
    layer.forward(&x, &mut computed.y);
    layer.backward_input(&dy, &mut computed.dx);
    computed.gradient.accumulate(&x, &dy, Accumulate::Replace);
    computed
}

impl<const B: usize> Computed<B> {
    fn print(&self) {
        let rows = |name, list: &[String]| println!("    {name} = {}", list.join(", "));
        rows("y ", &self.y.each_ref().map(row));
        rows("dx", &self.dx.each_ref().map(row));
        rows("dW", &self.gradient.weight.row_iter().map(|line| row(&line.transpose())).collect::<Vec<_>>());
        rows("db", &[row(&self.gradient.bias)]);
        println!();
    }
}

/// The loss, the probabilities, and dx.
fn softmax_loss() -> Result<(f64, SVector<f64, 3>, SVector<f64, 3>), ClassOutOfRange> {
    let (x, t) = (SVector::from([0.3, 2.9, 4.0]), Class::<3>::new(2)?);
    let mut dx = SVector::zeros();
    let loss = Loss::<f64, Width<3>, Class<3>>::backward(&SoftmaxLoss, &x, &t, 1.0, &mut dx);
    let y = dx + SVector::from([0.0, 0.0, 1.0]);
    Ok((loss, y, dx))
}

/// The one sample of a batch of one.
trait Only<V> {
    fn only(self) -> V;
}

impl<V> Only<V> for [V; 1] {
    fn only(self) -> V {
        let [only] = self;
        only
    }
}

fn row<const N: usize>(vector: &SVector<f64, N>) -> String {
    let numbers: Vec<_> = vector.iter().map(|x| ((x * 1e4).round() / 1e4 + 0.0).to_string()).collect();
    format!("[{}]", numbers.join(", "))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn multiply_exchanges_its_inputs_and_add_passes_on() {
        let d = Multiply::forward(3.0, 4.0).backward_from(2.0);
        assert_eq!((d.x, d.y), (8.0, 6.0));
        let d = Add::forward(3.0, 4.0).backward_from(2.0);
        assert_eq!((d.x, d.y), (2.0, 2.0));
    }

    #[test]
    fn relu_passes_where_its_mask_is_1() {
        let (y, mask, dx) = relu();
        assert_eq!(
            (row(&y), row(&mask), row(&dx)),
            ("[1, 0, 0, 3]".into(), "[1, 0, 0, 1]".into(), "[1, 0, 0, 4]".into())
        );
    }

    #[test]
    fn sigmoid_has_y_times_1_minus_y() {
        let (y, dx) = sigmoid();
        assert_eq!(row(&y), "[0.5, 0.7311, 0.2689]");
        assert_eq!(row(&dx), "[0.25, 0.1966, 0.1966]");
    }

    #[test]
    fn affine_sums_its_gradient_over_the_batch() {
        let one = affine([[1.0, 0.0, -1.0]], [[1.0, 2.0]]);
        assert_eq!(one.y.each_ref().map(row), ["[-1.9, -1.8]"]);
        assert_eq!(one.dx, [SVector::from([9.0, 12.0, 15.0])]);
        assert_eq!(one.gradient.weight, SMatrix::<f64, 2, 3>::from_row_slice(&[1.0, 0.0, -1.0, 2.0, 0.0, -2.0]));
        assert_eq!(one.gradient.bias, SVector::from([1.0, 2.0]));

        let two = affine([[1.0, 0.0, -1.0], [2.0, 1.0, 0.0]], [[1.0, 2.0], [3.0, 4.0]]);
        assert_eq!(two.gradient.bias, SVector::from([1.0 + 3.0, 2.0 + 4.0]));
        assert_eq!(two.gradient.weight, SMatrix::<f64, 2, 3>::from_row_slice(&[7.0, 3.0, -1.0, 10.0, 4.0, -2.0]));
        assert_eq!(two.y.each_ref().map(row), ["[-1.9, -1.8]", "[4.1, 13.2]"]);
        assert_eq!(two.dx, [SVector::from([9.0, 12.0, 15.0]), SVector::from([19.0, 26.0, 33.0])]);
    }

    #[test]
    fn softmax_loss_has_y_minus_t() {
        let (loss, y, dx) = softmax_loss().unwrap();
        assert_eq!(row(&y), "[0.0182, 0.2452, 0.7366]");
        assert_eq!(row(&dx), "[0.0182, 0.2452, -0.2634]");
        assert!((loss - 0.3057).abs() < 1e-4, "{loss}");
    }
}
