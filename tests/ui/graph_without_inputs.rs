use chainrule::graph;

graph! { Two = 1 + 1 }

fn main() {}
