//! What the compiler says to every mistake, word by word, and what it accepts.
//!
//! The messages are pinned on the toolchain that the project is tested with; another version of the compiler may
//! draw them in another way. `TRYBUILD=overwrite cargo test -p chainrule-tests --test compile_errors` writes them
//! anew: read each before it is committed.

#[test]
fn every_mistake_is_told_once_in_the_words_of_the_field() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("ui/*.rs");
    cases.pass("pass/*.rs");
}

/// Cases of several mistakes, with how many errors they have.
const SEVERAL_MISTAKES: &[(&str, usize)] = &[
    ("catalog_name_in_capitals", 4),
    ("graph_four_mistakes", 4),
    ("graph_output_without_name", 2),
    ("linear_with_widths_as_in_pytorch", 4),
    ("missing_conv2d", 3),
    ("mistake_in_a_network_that_is_used", 3),
    ("one_sample_and_one_target_for_slices", 2),
    ("several_constants_that_do_not_exist", 2),
    ("six_mistakes_in_one_chain", 6),
    // The compiler says for itself that an argument is missing.
    ("training_set_of_tuples", 2),
];

/// Cases in which one mistake has several errors, and why.
const SEVERAL_ERRORS: &[(&str, &str)] = &[
    ("duplicate_network", "the compiler names every implementation that there are two of, as it does after `derive`"),
    ("network_of_another_scalar", "neither a layer of that scalar nor its memory"),
    ("networks_that_do_not_fit", "code about both networks stands where the name of the outer one does"),
    ("no_optimiser", "the compiler finds no `new` either"),
    ("optimiser_of_another_scalar", "the compiler finds no `new` either"),
    ("own_layer_declared_for_another_width", "each method of the user's own contradicts the width"),
    ("own_layer_of_another_scalar", "neither a layer of that scalar nor its memory"),
    ("own_layer_that_is_none", "neither a layer nor plain memory"),
    ("training_of_no_network", "the compiler finds no `new` either"),
];

/// Cases that may spell out a type of nalgebra, and why.
const NALGEBRA: &[(&str, &str)] = &[
    ("batch_of_another_type", "the user has named the vector's type"),
    ("duplicate_network", "code of both networks with the type of the first"),
    ("one_vector_given_away", "the compiler compares a vector with a reference, and shows where `&` goes"),
    ("outputs_lent_to_be_read", "the compiler compares a shared with a mutable reference"),
    ("own_layer_declared_for_another_width", "the compiler compares the user's signatures with those wanted"),
];

#[test]
fn no_message_says_more_than_one_thing_or_speaks_of_nalgebra() {
    let mut cases = 0;
    let mut several = 0;
    for file in std::fs::read_dir("ui").unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "stderr") {
            continue;
        }
        let name = path.file_stem().unwrap().to_str().unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        let errors = text.lines().filter(|line| line.starts_with("error")).count();
        cases += 1;
        let mistakes = SEVERAL_MISTAKES.iter().find(|case| case.0 == name).map_or(1, |case| case.1);
        if errors != mistakes {
            several += 1;
            assert!(SEVERAL_ERRORS.iter().any(|case| case.0 == name), "{name}: {errors} errors");
        }
        let of_nalgebra = ["Const<", "ArrayStorage", "Matrix<", "UTerm", "UInt<"];
        if let Some(word) = of_nalgebra.iter().find(|word| text.contains(**word)) {
            assert!(NALGEBRA.iter().any(|case| case.0 == name), "{name}: {word}");
        }
    }
    assert!(several * 20 <= cases, "{several} of {cases} cases with several errors");
}
