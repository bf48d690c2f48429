use chainrule::{loss, network};

loss! { Cauchy(y, d) = ln(1 + powi(y - d, 2)) }

network! { Line: 2 => Affine => #[loss] #[loss] Cauchy => 1 }

fn main() {}
