use chainrule::graph;

graph! { Area(type, width) = width * width }

fn main() {}
