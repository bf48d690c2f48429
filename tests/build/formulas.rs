//! Random formulas for the check of derivatives. A formula is source, so random formulas must be random source.

use std::fmt::Write;

use crate::Random;

const INPUTS: [&str; 3] = ["a", "b", "c"];
/// A formula is at most this deep.
const DEPTH: usize = 6;

/// `graph!` with 200 formulas, and a list of them.
pub fn source(random: &mut Random) -> String {
    let mut source = String::new();
    let mut list = String::from("const FORMULAS: &[(&str, usize, Formula)] = &[\n");
    for index in 0..200 {
        let (formula, inputs) = formula(random);
        let names = inputs.join(", ");
        writeln!(source, "graph! {{ Formula{index}<f64>({names}) = {formula} }}").unwrap();
        let (slots, derivatives): (Vec<_>, Vec<_>) = (0..3)
            .map(|slot| (["x", "y", "z"][slot], inputs.get(slot)))
            .map(|(slot, input)| match input {
                Some(input) => (slot, format!("d.{input}")),
                None => ("_", "0.0".to_owned()),
            })
            .unzip();
        let arguments = slots[..inputs.len()].join(", ");
        writeln!(
            list,
            "    ({formula:?}, {}, |[{}]| {{ let graph = Formula{index}::forward({arguments}); \
             let d = graph.backward(); (value(&graph, &d), [{}]) }}),",
            inputs.len(),
            slots.join(", "),
            derivatives.join(", ")
        )
        .unwrap();
    }
    source + &list + "];\n"
}

/// A formula, and the inputs that it uses.
fn formula(random: &mut Random) -> (String, Vec<&'static str>) {
    loop {
        let depth = 2 + random.below(DEPTH - 1);
        let mut values = INPUTS.map(str::to_owned).to_vec();
        let mut lets = String::new();
        if random.below(3) == 0 {
            let shared = operation(random, 2, &values);
            write!(lets, "let s = {shared}; ").unwrap();
            values.push("s".to_owned());
        }
        let result = operation(random, depth, &values);
        let uses = |text: &str, name: &str| text.split(|c: char| !c.is_alphanumeric()).any(|word| word == name);
        if lets.is_empty() || uses(&result, "s") {
            let formula = if lets.is_empty() { result } else { format!("{{ {lets}{result} }}") };
            let inputs: Vec<_> = INPUTS.into_iter().filter(|name| uses(&formula, name)).collect();
            if !inputs.is_empty() {
                return (formula, inputs);
            }
        }
    }
}

/// An operation whose operands are at most `depth - 1` deep.
fn operation(random: &mut Random, depth: usize, values: &[String]) -> String {
    let a = operand(random, depth - 1, values);
    let mut other = || operand(random, depth - 1, values);
    // What has a pole or no value somewhere gets an operand that stays away from there.
    let text = match depth {
        0 => unreachable!(),
        _ => {
            let b = other();
            [
                format!("({a} + {b})"),
                format!("({a} - {b})"),
                format!("({a} * {b})"),
                format!("({a} / (1.5 + abs({b})))"),
                format!("({a} / {b})"),
                format!("(-{a})"),
                format!("exp({a})"),
                format!("exp(tanh({a}))"),
                format!("ln(0.5 + abs({a}))"),
                format!("ln({a})"),
                format!("sqrt(1 + powi({a}, 2))"),
                format!("sqrt({a})"),
                format!("sin({a})"),
                format!("cos({a})"),
                format!("tanh({a})"),
                format!("sigmoid({a})"),
                format!("relu({a})"),
                format!("abs({a})"),
                format!("max({a}, {b})"),
                format!("min({a}, {b})"),
                format!("powi({a}, 3)"),
                format!("powi(1 + abs({a}), -2)"),
                format!("powf(0.5 + abs({a}), tanh({b}))"),
                format!("powf({a}, 2)"),
            ]
        }
    };
    text[random.below(text.len())].clone()
}

fn operand(random: &mut Random, depth: usize, values: &[String]) -> String {
    if depth > 0 && random.below(5) > 0 {
        return operation(random, depth, values);
    }
    match random.below(6) {
        0 => format!("{}.{}", random.below(3), 1 + random.below(9)),
        _ => values[random.below(values.len())].clone(),
    }
}
