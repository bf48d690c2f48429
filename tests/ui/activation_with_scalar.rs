use chainrule::activation;

activation! { Square<f64>(x) = x * x }

fn main() {}
