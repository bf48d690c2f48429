//! Graphs forward and backward beside the same formulas differentiated by hand: `cargo bench -p chainrule-tests --bench graph`.
//!
//! Each pair should take the same time.

use chainrule::Scalar;
use chainrule::prelude::*;
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

const N: usize = 1024;

/// Numbers between −2 and 2.
fn numbers<const K: usize>() -> Vec<[f32; K]> {
    let rng = &mut Rng::new(1);
    (0..N).map(|_| [(); K].map(|()| 2.0 * rng.symmetric::<f32>())).collect()
}

/// The sum of the value and all derivatives of a formula over many points.
fn run<const K: usize>(bencher: Bencher<'_, '_>, formula: impl Fn([f32; K]) -> (f32, [f32; K])) {
    let points = numbers();
    let mut out = vec![(0.0, [0.0; K]); N];
    bencher.counter(divan::counter::ItemsCount::new(N)).bench_local(|| {
        for (x, out) in black_box(&points).iter().zip(&mut out) {
            *out = formula(*x);
        }
        black_box(&mut out);
    });
}

#[divan::bench_group]
mod basket {
    use super::*;

    graph! { Basket(apple, apples, orange, oranges, tax) = (apple * apples + orange * oranges) * tax }

    #[divan::bench]
    fn by_graph(bencher: Bencher<'_, '_>) {
        run(bencher, |[apple, apples, orange, oranges, tax]| {
            let graph = Basket::forward(apple, apples, orange, oranges, tax);
            let d = graph.backward();
            (graph.output(), [d.apple, d.apples, d.orange, d.oranges, d.tax])
        });
    }

    #[divan::bench]
    fn by_hand(bencher: Bencher<'_, '_>) {
        run(bencher, |[apple, apples, orange, oranges, tax]| {
            let sum = apple * apples + orange * oranges;
            (sum * tax, [tax * apples, tax * apple, tax * oranges, tax * orange, sum])
        });
    }
}

#[divan::bench_group]
mod swish {
    use super::*;

    graph! { Swish(x) = x / (1 + exp(-x)) }

    #[divan::bench]
    fn by_graph(bencher: Bencher<'_, '_>) {
        run(bencher, |[x]| {
            let graph = Swish::forward(x);
            (graph.output(), [graph.backward().x])
        });
    }

    #[divan::bench]
    fn by_hand(bencher: Bencher<'_, '_>) {
        run(bencher, |[x]| {
            let e = Scalar::exp(-x);
            let s = 1.0 + e;
            let (y, q) = (x / s, 1.0 / s);
            (y, [q + q * y * e])
        });
    }
}

#[divan::bench_group]
mod distance {
    use super::*;

    graph! {
        Distance(a, b, x, y) = {
            let p = x - a;
            let q = y - b;
            let r = sqrt(1 + p * p + q * q);
            tanh(r) + max(p, q) * powi(r, 3)
        }
    }

    #[divan::bench]
    fn by_graph(bencher: Bencher<'_, '_>) {
        run(bencher, |[a, b, x, y]| {
            let graph = Distance::forward(a, b, x, y);
            let d = graph.backward();
            (graph.output(), [d.a, d.b, d.x, d.y])
        });
    }

    #[divan::bench]
    fn by_hand(bencher: Bencher<'_, '_>) {
        run(bencher, |[a, b, x, y]| {
            let (p, q) = (x - a, y - b);
            let r = Scalar::sqrt(1.0 + p * p + q * q);
            let (t, m, cube) = (Scalar::tanh(r), p.max(q), r * r * r);
            let dr = 1.0 - t * t + m * 3.0 * r * r;
            let (mp, mq) = if p >= q { (cube, 0.0) } else { (0.0, cube) };
            let (dp, dq) = (dr * p / r + mp, dr * q / r + mq);
            (t + m * cube, [-dp, -dq, dp, dq])
        });
    }
}
