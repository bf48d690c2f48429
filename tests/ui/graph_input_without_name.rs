use chainrule::graph;

graph! { Area(2, width) = width * width }

fn main() {}
