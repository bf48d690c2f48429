//! Is the gradient right?

use core::fmt;

use crate::error::StepError;
use crate::inference::Inference;
use crate::loss::Loss;
use crate::network::{Network, Takes, Trainable};
use crate::optim::{Clip, Optimizer};
use crate::params::Params;
use crate::phases::Sequential;
use crate::samples::Samples;
use crate::scalar::Scalar;
use crate::training::Training;

/// What a gradient check found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GradCheck {
    /// How many parameters were checked: all that are not frozen.
    pub checked: usize,
    /// The mean of |difference| over the parameters.
    pub mean_difference: f64,
    /// The parameter whose derivatives differ most.
    pub worst: Difference,
}

/// The two derivatives of the loss with respect to one parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// The layer, as the field of the network is called.
    pub layer: &'static str,
    /// Which of the layer's parameters, in the order of its flat slice.
    pub index: usize,
    /// By backpropagation.
    pub backpropagated: f64,
    /// By central differences.
    pub numerical: f64,
    /// |difference| / max(|backpropagated|, |numerical|, 10⁻³ · the largest component of the gradient, 10⁻⁴ · the
    /// loss): what is smaller drowns in the rounding of the loss.
    pub relative: f64,
}

impl fmt::Display for GradCheck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Difference { layer, index, backpropagated, numerical, relative } = self.worst;
        write!(
            f,
            "{} parameters, mean difference {:.1e}; worst: {layer}[{index}], {backpropagated:e} by backpropagation, \
             {numerical:e} by central differences, relative difference {relative:.1e}",
            self.checked, self.mean_difference
        )
    }
}

/// Compares the gradient of a network by backpropagation with central differences of the loss, for every
/// trainable parameter. The network is the same afterwards; the gradient in `training` is the one checked.
///
/// The derivative by wᵢ is (8 (L(w+h) − L(w−h)) − (L(w+2h) − L(w−2h))) / 12h with h = ε^(1/5) max(1, |wᵢ|),
/// ε the precision of the scalar. Where that disagrees, smaller steps are tried and the best taken, since a step may
/// reach across a kink of Relu or its like; a wrong gradient disagrees with every step. In `f64` a right
/// one agrees to 1e-7 or better.
///
/// # Errors
/// As [`Training::step`].
///
/// # Source
/// Bengio, *Practical recommendations for gradient-based training of deep architectures* (2012), section 4.2;
/// Abramowitz and Stegun, *Handbook of mathematical functions*, formula 25.3.6.
///
/// ```
/// use chainrule::prelude::*;
///
/// network! { Small<f64>: 3 => Affine => Gelu => 4 => Affine => MseLoss => 2 }
///
/// let mut network = Small::seeded(1);
/// let mut training = Training::<Small, Sgd<f64>, 1>::new(Sgd::new(0.1));
/// let x = [[0.5, -1.0, 2.0]];
/// let d = [[1.0, 0.0]];
/// let check = gradcheck(&mut training, &mut network, &mut Inference::<Small, 1>::new(), &x, &d)?;
/// assert!(check.worst.relative < 1e-7, "{check}");
/// # Ok::<(), StepError>(())
/// ```
pub fn gradcheck<N, O, X: Samples + ?Sized, Y: Samples + ?Sized, const B: usize, const C: usize>(
    training: &mut Training<N, O, B>,
    network: &mut N,
    memory: &mut Inference<N, C>,
    x: &X,
    targets: &Y,
) -> Result<GradCheck, StepError>
where
    N: Trainable + Takes<X::Kind>,
    N::Objective: Loss<N::Scalar, N::Output, Y::Kind>,
    O: Optimizer<N::Scalar>,
{
    let (x, targets) = (N::inputs(x.samples()), targets.samples());
    // What the memory held before must not matter: backward has to overwrite it.
    training.gradient_mut().as_mut_slice().fill(N::Scalar::ONE);
    let clip = core::mem::replace(&mut training.clip, Clip::None);
    let outcome = training.backward_on::<Y::Kind>(&Sequential, network, x, targets);
    training.clip = clip;
    let rounding = 1e-4 * outcome?.to_f64().abs();

    let gradient = training.gradient().as_slice();
    let largest = gradient.iter().fold(0.0f64, |a, g| a.max(g.to_f64().abs()));
    let mut worst = Difference { layer: "", index: 0, backpropagated: 0.0, numerical: 0.0, relative: -1.0 };
    let mut sum = 0.0;
    for (parameter, g) in gradient.iter().enumerate() {
        let g = g.to_f64();
        let mut best = (f64::INFINITY, 0.0);
        for shrink in [1.0, 1.0 / 16.0, 1.0 / 256.0] {
            let numerical = derivative(network, parameter, shrink, |network| {
                Ok(memory.mean_loss::<Y::Kind>(network, x, targets)?.to_f64())
            })?;
            let scale = g.abs().max(numerical.abs()).max(1e-3 * largest).max(rounding);
            let relative = if scale > 0.0 { (g - numerical).abs() / scale } else { 0.0 };
            if relative < best.0 {
                best = (relative, numerical);
            }
            if relative < 1e-9 {
                break;
            }
        }
        let (relative, numerical) = best;
        sum += (g - numerical).abs();
        if relative > worst.relative || !relative.is_finite() {
            let (layer, index) = place::<N>(parameter);
            worst = Difference { layer, index, backpropagated: g, numerical, relative };
        }
    }
    let checked = gradient.len();
    Ok(GradCheck { checked, mean_difference: sum / (checked.max(1) as f64), worst })
}

/// The derivative of the loss by one parameter, from four values of the loss.
fn derivative<N: Network>(
    network: &mut N,
    parameter: usize,
    shrink: f64,
    mut loss: impl FnMut(&N) -> Result<f64, StepError>,
) -> Result<f64, StepError> {
    let here = set(network, parameter, None);
    let step = libm::pow(N::Scalar::EPSILON.to_f64(), 0.2) * shrink * here.to_f64().abs().max(1.0);
    let mut at = |steps: f64| {
        let there = N::Scalar::from_f64(here.to_f64() + steps * step);
        set(network, parameter, Some(there));
        let loss = loss(network);
        set(network, parameter, Some(here));
        // What was really added, which in a scalar of few digits is not quite the step.
        Ok::<_, StepError>((loss?, there.to_f64() - here.to_f64()))
    };
    let ((l1, h1), (l2, h2)) = (at(1.0)?, at(-1.0)?);
    let ((l3, h3), (l4, h4)) = (at(2.0)?, at(-2.0)?);
    Ok((4.0 * (l1 - l2) / (h1 - h2) - (l3 - l4) / (h3 - h4)) / 3.0)
}

/// Sets one trainable parameter, counted over all layers; returns what it was.
fn set<N: Network>(network: &mut N, mut parameter: usize, value: Option<N::Scalar>) -> N::Scalar {
    let mut before = N::Scalar::ZERO;
    network.trainable_mut(&mut |params| {
        if let Some(param) = params.get_mut(parameter) {
            before = *param;
            *param = value.unwrap_or(before);
            parameter = usize::MAX;
        } else if parameter != usize::MAX {
            parameter -= params.len();
        }
    });
    before
}

/// The layer of a trainable parameter, and its index there.
fn place<N: Network>(mut parameter: usize) -> (&'static str, usize) {
    for layer in N::LAYERS {
        if parameter < layer.trainable {
            return (layer.name, parameter);
        }
        parameter -= layer.trainable;
    }
    ("", parameter)
}
