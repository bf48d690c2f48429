use chainrule::graph;

graph! { Four(x, y, z) = { let a = xp(x) + max(y); let b = a * q9; b * 2 ^ 3 } }

fn main() {}
