use chainrule::graph;

graph! { Half(x) = 0.5f32 * x }

fn main() {}
