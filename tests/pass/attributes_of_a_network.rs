//! What `cfg` removes or keeps, and what a deprecated network does not say of itself.
#![deny(warnings)]
#![allow(unexpected_cfgs)]

use chainrule::prelude::*;

#[cfg(feature = "extra")]
network! { Outside: 2 => Affine => Relu => 3 }
network! { #[cfg(feature = "extra")] Absent: 2 => Affine => Relu => 3 }
network! { #[cfg(not(feature = "extra"))] Absent: 2 => Affine => Relu => 4 }
network! { #[cfg_attr(feature = "extra", doc = "extra")] #[cfg_attr(not(feature = "extra"), derive(Debug))] Maybe: 2 => Affine => 3 }
network! {
    #[cfg(feature = "extra")]
    #[budget(flash = 1)]
    Large<f32>: 2 => Affine => SoftmaxLoss => 3
}
network! {
    /// Of last year.
    #[deprecated = "use another"]
    #[doc(hidden)]
    pub Old: 2 => Affine => MseLoss => 3
}

activation! { #[cfg(feature = "extra")] Wave(x) = sin(x) }
activation! { #[cfg(not(feature = "extra"))] #[deprecated] pub Wave(x) = cos(x) }
loss! { #[cfg(feature = "extra")] Cauchy(y, d) = ln(1 + powi(y - d, 2)) }
graph! { #[cfg(feature = "extra")] Both(x) = { let a = exp(x); let b = -a; (a, b) } }

fn main() {
    assert_eq!(Absent::PARAMS, 12);
    let _ = format!("{:?}", Maybe::new());
}
