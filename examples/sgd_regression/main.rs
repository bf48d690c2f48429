//! A network of 2-10-1 learns 3 x0 + 2 x1 from one sample after the other, with Relu and with Sigmoid:
//! `cargo run --release --example sgd_regression`.

use chainrule::loss::MseLoss;
use chainrule::network::Takes;
use chainrule::prelude::*;
use chainrule::samples::Values;
use chainrule::shape::Width;
use chainrule_examples::picture::{self, Axis, Curve, Outcome};

network! { WithRelu<f64>: 2 => Affine => Relu => 10 => Affine => MseLoss => 1 }
network! { WithSigmoid<f64>: 2 => Affine => Sigmoid => 10 => Affine => MseLoss => 1 }

const STEPS: usize = 6000;
/// Every so many steps are one point of a curve.
const WINDOW: usize = 60;

fn main() -> Outcome<()> {
    picture::prepare();
    let relu = learn::<WithRelu>()?;
    let sigmoid = learn::<WithSigmoid>()?;
    println!("mean loss of {WINDOW} samples, learning 3 x0 + 2 x1 online, learning rate 0.02:");
    println!("  after   {:>10} {:>10}", "Relu", "Sigmoid");
    let rows = relu.losses.iter().zip(&sigmoid.losses).enumerate();
    for (index, (relu, sigmoid)) in rows.filter(|(index, _)| index % 20 == 19 || *index == 0) {
        println!("  {:>5}   {relu:>10.6} {sigmoid:>10.6}", (index + 1) * WINDOW);
    }
    println!("at (0.5, -0.25), where 1 is right: {:.4} with Relu, {:.4} with Sigmoid", relu.answer, sigmoid.answer);

    let curve = |name, losses: &[f64]| Curve {
        name: String::from(name),
        points: losses.iter().enumerate().map(|(index, loss)| (((index + 1) * WINDOW) as f64, *loss)).collect(),
    };
    let curves = [curve("Relu", &relu.losses), curve("Sigmoid", &sigmoid.losses)];
    let svg =
        picture::curves("2-10-1 learns 3 x0 + 2 x1", ["sample", "loss"], &Axis::Logarithmic(1e-4, 10.0), &curves)?;
    picture::save("sgd_regression", &svg)?;
    Ok(())
}

/// How the loss fell, and what the network says in the end.
struct Learnt {
    losses: Vec<f64>,
    answer: f64,
}

fn learn<N>() -> Result<Learnt, StepError>
where
    N: Trainable<Objective = MseLoss>
        + Takes<Values<f64, 2>>
        + Network<Scalar = f64, Output = Width<1>, Loss = MseLoss>,
{
    let mut network = N::boxed_seeded(3);
    let mut training = Training::<N, Sgd<f64>, 1>::boxed(Sgd::new(0.02));
    let rng = &mut Rng::new(7);
    let mut losses = Vec::with_capacity(STEPS);
    for _ in 0..STEPS {
        let x: [f64; 2] = [rng.symmetric(), rng.symmetric()];
        let [x0, x1] = x;
        losses.push(training.step(&mut network, &[x], &[[3.0 * x0 + 2.0 * x1]])?);
    }
    let mut memory = Inference::<N, 1>::boxed();
    let answer = network.output(&[0.5, -0.25], &mut memory).x;
    Ok(Learnt { losses: picture::smooth(&losses, WINDOW), answer })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn both_learn_the_plane() {
        let (relu, sigmoid) = (learn::<WithRelu>().unwrap(), learn::<WithSigmoid>().unwrap());
        for (learnt, loss, answer) in [(relu, 0.000752, 0.9484), (sigmoid, 0.007496, 1.0797)] {
            let (first, last) = (learnt.losses.first().unwrap(), learnt.losses.last().unwrap());
            assert!(*first > 0.1 && (last / loss - 1.0).abs() < 0.05, "{first} {last} instead of {loss}");
            assert!((learnt.answer - answer).abs() < 0.01, "{} instead of {answer}", learnt.answer);
        }
    }

    #[test]
    fn the_picture_has_a_line_for_each() {
        let curves = [Curve::of("a", [1.0, 0.1, 0.01]), Curve::of("b", [1.0, f64::NAN, 0.5])];
        let svg = picture::curves("t", ["x", "y"], &Axis::Logarithmic(1e-3, 1.0), &curves).unwrap();
        let document = roxmltree::Document::parse(&svg).unwrap();
        let lines = document.descendants().filter(|node| node.has_tag_name("polyline")).count();
        assert!(lines >= 4, "{lines} lines in {svg}");
    }
}
