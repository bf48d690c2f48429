//! What `graph!` computes, against what a reader can compute by hand.

use chainrule::prelude::*;

graph! {
    /// Two apples and their tax.
    Apples(apple, apples, tax) = apple * apples * tax
}

graph! {
    /// Apples and oranges, taxed.
    pub Basket<f64>(apple, apples, orange, oranges, tax) = (apple * apples + orange * oranges) * tax
}

#[test]
fn two_apples_cost_220_and_the_derivatives_say_by_how_much_each_input_changes_it() {
    let graph = Apples::forward(100.0, 2.0, 1.1);
    assert_eq!(graph.mul1, 200.0);
    assert_eq!(graph.output(), 220.0);
    let d = graph.backward();
    assert_eq!((d.apple, d.apples, d.tax), (2.2, 110.0, 200.0));
}

#[test]
fn apples_and_oranges_cost_715() {
    let graph = Basket::forward(100.0, 2.0, 150.0, 3.0, 1.1);
    assert!((graph.output() - 715.0).abs() < 1e-12);
    let d = graph.backward();
    for (found, expected) in [(d.apple, 2.2), (d.apples, 110.0), (d.orange, 3.3), (d.oranges, 165.0), (d.tax, 650.0)] {
        assert!((found - expected).abs() < 1e-12, "{found} {expected}");
    }
}

graph! {
    /// 1 / (1 + exp(−x)), node by node.
    Logistic<f64>(x) = {
        let minus = -x;
        let power = exp(minus);
        let sum = 1 + power;
        1 / sum
    }
}

#[test]
fn the_sigmoid_node_by_node_ends_in_y_times_1_minus_y() {
    for x in [-3.0, -0.5, 0.0, 1.0, 4.0] {
        let graph = Logistic::forward(x);
        let (y, d) = (graph.output(), graph.backward());
        assert_eq!(d.div1, 1.0);
        assert!((d.sum - -y * y).abs() < 1e-15);
        assert_eq!(d.power, d.sum);
        assert!((d.minus - -y * y * (-x).exp()).abs() < 1e-15);
        assert_eq!(d.x, -d.minus);
        assert!((d.x - y * (1.0 - y)).abs() < 1e-15);
        // Not y (1 + y), as one finds it misprinted.
        assert!((d.x - y * (1.0 + y)).abs() > 1e-4);
    }
}

graph! { Square<T>(x) = x * x }
graph! { Twice<f64>(x) = { let y = x * x; y + y * x } }

#[test]
fn the_derivatives_of_a_value_that_is_used_twice_add() {
    assert_eq!(Square::forward(3.0f32).backward().x, 6.0);
    assert_eq!(Square::forward(3.0f64).backward_from(2.0).x, 12.0);
    let d = Twice::forward(3.0).backward();
    assert_eq!((d.y, d.x), (1.0 + 3.0, (1.0 + 3.0) * 6.0 + 9.0));
}

graph! { Polar<f64>(radius, angle) = { let x = radius * cos(angle); let y = radius * sin(angle); (x, y) } }

#[test]
fn several_outputs_are_differentiated_together() {
    let graph = Polar::forward(2.0, 0.0);
    assert_eq!(graph.outputs(), PolarOutputs { x: 2.0, y: 0.0 });
    let d = graph.backward_from(PolarOutputs { x: 1.0, y: 10.0 });
    assert_eq!((d.radius, d.angle), (1.0, 20.0));
}

const RATE: f64 = 0.25;
graph! { Constants<f64>(x) = RATE * x + std::f64::consts::LN_2 * (2 / 4 - 1e-1) }
graph! { Numbers<T>(x) = x * (1 / 4) + exp(2) }

#[test]
fn numbers_and_constants_are_values_of_any_scalar() {
    assert_eq!(Constants::forward(2.0).output(), 0.5 + std::f64::consts::LN_2 * 0.4);
    assert_eq!(Numbers::forward(2.0f32).output(), 0.5 + chainrule::graph::functions::exp(2.0f32));
    assert_eq!(Numbers::forward(2.0f64).backward().x, 0.25);
}

graph! { Kinks<f64>(a, b) = { let m = max(a, b); let n = min(a, b); let r = relu(a); let s = abs(b); (m, n, r, s) } }

#[test]
fn a_kink_gives_its_whole_derivative_to_one_side() {
    for (a, b) in [(1.0, 2.0), (2.0, 1.0), (1.0, 1.0)] {
        let graph = Kinks::forward(a, b);
        let of = |m, n| graph.backward_from(KinksOutputs { m, n, r: 0.0, s: 0.0 });
        let (max, min) = (of(1.0, 0.0), of(0.0, 1.0));
        assert_eq!(max.a + max.b, 1.0);
        assert_eq!(min.a + min.b, 1.0);
        assert_eq!(max.a, f64::from(a >= b));
        assert_eq!(min.a, f64::from(a <= b));
    }
    let d = Kinks::forward(0.0, 0.0).backward_from(KinksOutputs { m: 0.0, n: 0.0, r: 1.0, s: 1.0 });
    assert_eq!((d.a, d.b), (0.0, 0.0));
}

graph! { Powers<f64>(x, y) = { let cube = powi(x, 3); let none = powi(x, 0); let inverse = powi(x, -2); let any = powf(x, y); (cube, none, inverse, any) } }

#[test]
fn powers_have_their_derivatives_even_at_0() {
    let graph = Powers::forward(2.0, 0.5);
    assert_eq!((graph.cube, graph.none, graph.inverse, graph.any), (8.0, 1.0, 0.25, 2f64.sqrt()));
    let d = graph.backward_from(PowersOutputs { cube: 1.0, none: 5.0, ..Default::default() });
    assert_eq!(d.x, 12.0);
    let d = graph.backward_from(PowersOutputs { inverse: 1.0, ..Default::default() });
    assert_eq!(d.x, -0.25);
    let d = Powers::forward(0.0, 2.0).backward_from(PowersOutputs { any: 1.0, cube: 1.0, none: 1.0, inverse: 0.0 });
    assert_eq!(d.y, 0.0);
}

graph! { Power<f64>(a, b) = powf(a, b) }

/// As PyTorch has it: a⁰ is 1 for every a, and 0ᵇ is 0 for every b above 0.
#[test]
fn the_derivatives_of_0_to_the_0_are_0() {
    let d = Power::forward(0.0, 0.0).backward();
    assert_eq!((d.a, d.b), (0.0, 0.0));
    let d = Power::forward(0.0, 1.0).backward();
    assert_eq!((d.a, d.b), (1.0, 0.0));
    let d = Power::forward(-2.0, 0.0).backward();
    assert_eq!(d.a, 0.0);
}

activation! {
    /// x σ(x).
    pub Swish(x) = x / (1 + exp(-x))
}
activation! { SoftClip(x) = { let t = tanh(x / 2); 2 * t + 0.1 * max(x, -1) } }

loss! {
    /// ln(1 + r²).
    pub Cauchy(y, d) = ln(1 + powi(y - d, 2))
}

#[test]
fn an_activation_and_a_loss_check_their_own_gradient() {
    for check in [Swish::gradient_check(), SoftClip::gradient_check(), Cauchy::gradient_check()] {
        assert!(check.relative < 1e-7, "{check}");
    }
    assert_eq!(Swish::graph(0.0f32).backward().x, 0.5);
}

network! { Chain<f64>: 3 => Affine => 5 => Swish => SoftClip => Affine => MseLoss => 2 }

#[test]
fn an_activation_is_a_layer_of_a_chain() {
    let mut network = Chain::new();
    network.init(3);
    assert_eq!(Chain::PARAMS, 3 * 5 + 5 + 5 * 2 + 2);
    let mut training = Training::<Chain, Sgd<f64>, 2>::new(Sgd::new(0.1));
    let x = [SVector::from([0.5, -1.0, 2.0]), SVector::from([0.1, 0.2, 0.3]), SVector::from([-3.0, 1.0, 1.0])];
    let d = [SVector::from([1.0, 0.0]), SVector::from([0.0, 1.0]), SVector::from([0.5, -1.0])];
    let check = gradcheck(&mut training, &mut network, &mut Inference::<Chain, 1>::new(), &x, &d).unwrap();
    assert!(check.worst.relative < 1e-7, "{check}");
}

network! { Robust<f64>: 3 => Affine => Tanh => 5 => Affine => #[loss] Cauchy => 2 }
network! { Qualified<T>: 2 => Affine => 1 => Swish => #[loss] self::Cauchy }

#[test]
fn a_loss_ends_a_chain_where_it_is_marked_as_one() {
    let mut network = Robust::new();
    network.init(3);
    let mut training = Training::<Robust, Sgd<f64>, 2>::new(Sgd::new(0.1));
    let x = [SVector::from([0.5, -1.0, 2.0]), SVector::from([0.1, 0.2, 0.3]), SVector::from([-3.0, 1.0, 1.0])];
    let d = [SVector::from([1.0, 0.0]), SVector::from([0.0, 1.0]), SVector::from([5.0, -1.0])];
    let check = gradcheck(&mut training, &mut network, &mut Inference::<Robust, 1>::new(), &x, &d).unwrap();
    assert!(check.worst.relative < 1e-7, "{check}");

    let mut memory = Inference::<Robust, 1>::new();
    let y = *network.output(&x[2], &mut memory);
    let by_hand: f64 = (y - d[2]).map(|r| (1.0 + r * r).ln()).sum();
    assert!((memory.loss(&network, &x[2..], &d[2..]).unwrap() - by_hand).abs() < 1e-12);
}

#[test]
fn a_loss_of_a_formula_trains_a_network_of_any_scalar() {
    let mut network = Qualified::<f32>::new();
    network.init(1);
    let mut training = Training::<Qualified<f32>, Adam<f32>, 1>::new(Adam::new(0.05));
    let (x, d) = ([SVector::from([0.5, -1.0])], [SVector::from([1.0])]);
    let first = training.step(&mut network, &x, &d).unwrap();
    let mut last = first;
    for _ in 0..200 {
        last = training.step(&mut network, &x, &d).unwrap();
    }
    assert!(last < 1e-3 * first, "{first} {last}");
}
