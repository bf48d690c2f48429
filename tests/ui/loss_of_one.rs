use chainrule::loss;

loss! { Square(y) = y * y }

fn main() {}
