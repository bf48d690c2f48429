use chainrule::activation;

activation! { Both(x) = { let a = exp(x); let b = -x; (a, b) } }

fn main() {}
