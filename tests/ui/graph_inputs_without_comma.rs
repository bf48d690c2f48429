use chainrule::graph;

graph! { Area(height width) = height * width }

fn main() {}
