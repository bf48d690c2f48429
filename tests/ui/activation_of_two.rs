use chainrule::activation;

activation! { Gate(x, y) = x * sigmoid(y) }

fn main() {}
