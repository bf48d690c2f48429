//! What the messages about layers that there are none of tell to write.

use chainrule::prelude::*;

activation! { pub Relu6(x) = min(max(x, 0), 6) }
activation! { pub Selu(x) = 1.0507 * (max(x, 0) + 1.67326 * (exp(min(x, 0)) - 1)) }
activation! { pub Hardtanh(x) = max(-1, min(x, 1)) }
activation! { pub Hardsigmoid(x) = min(max(x + 3, 0), 6) / 6 }
activation! { pub Softsign(x) = x / (1 + abs(x)) }
loss! { pub Mae(y, d) = abs(y - d) }
loss! { pub Hinge(y, d) = max(0, 1 - y * d) }
loss! { pub PoissonLoss(y, d) = exp(y) - d * y }
loss! { pub Brier(y, d) = powi(y - d, 2) }

network! {
    Activations: 2 => Affine => 8 => #[layer] Relu6 => self::Selu => #[layer] Hardtanh => #[layer] Hardsigmoid
        => #[layer] Softsign => Affine => #[loss] Mae => 1
}
network! { Margin: 2 => Affine => #[loss] Hinge => 1 }
network! { Counts: 2 => Affine => #[loss] PoissonLoss => 1 }
network! { Probabilities: 2 => Affine => 3 => Softmax => #[loss] Brier }

fn main() {
    assert!(Relu6::gradient_check().relative < 1e-6);
    assert!(Selu::gradient_check().relative < 1e-6);
    assert!(Softsign::gradient_check().relative < 1e-6);
    let _ = (Activations::new(), Margin::new(), Counts::new(), Probabilities::new());
}
