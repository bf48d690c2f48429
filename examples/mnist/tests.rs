#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::path::Path;

use chainrule_examples::mnist;
use clap::ValueEnum;

use super::*;

fn options(arguments: &[&str]) -> Result<Options, clap::Error> {
    Options::try_parse_from([&["mnist"], arguments].concat())
}

/// A few digits of the test set: the first to train on, the others to test with.
fn few(training: usize, test: usize) -> Mnist {
    let file = |name| Path::new(mnist::FOLDER).join(name);
    let mut digits = Digits::read(&file("t10k-images-idx3-ubyte.gz"), &file("t10k-labels-idx1-ubyte.gz")).unwrap();
    let mut front =
        |n| Digits { images: digits.images.drain(..n).collect(), labels: digits.labels.drain(..n).collect() };
    Mnist { training: front(training), test: front(test) }
}

/// All that is written in a picture.
fn texts(svg: &str) -> Vec<String> {
    let document = roxmltree::Document::parse(svg).unwrap();
    let nodes = document.descendants().filter(|node| node.has_tag_name("text"));
    nodes.filter_map(|node| Some(node.text()?.trim().to_owned())).collect()
}

fn trained(data: &Mnist, arguments: &[&str]) -> Box<Aligned<Reader>> {
    let options = options(arguments).unwrap();
    let mut network = Reader::boxed_seeded(options.seed);
    train(&mut network, data, &options).unwrap();
    network
}

#[test]
fn it_learns_to_read_digits_it_has_not_seen_and_repeats_exactly_for_the_same_seed() {
    let data = few(100, 50);
    let learn = || trained(&data, &["--epochs", "3", "--batch", "8", "--seed", "5"]);
    let network = learn();
    let accuracy = |digits| accuracy(&network, digits).unwrap();
    assert!(accuracy(&data.training) > 0.8, "{}", accuracy(&data.training));
    assert!(accuracy(&data.test) > 0.4, "{}", accuracy(&data.test));
    assert_eq!(network.as_slice(), learn().as_slice());
}

#[test]
fn every_optimizer_learns_with_its_own_learning_rate() {
    let data = few(50, 1);
    for choice in Choice::value_variants() {
        let name = choice.to_possible_value().unwrap();
        let network = trained(&data, &["--epochs", "1", "--batch", "4", "--optimizer", name.get_name()]);
        let accuracy = accuracy(&network, &data.training).unwrap();
        assert!(accuracy > 0.4, "{choice:?}: {accuracy}");
    }
}

#[test]
fn a_learning_rate_that_is_too_large_is_an_error_that_says_so() {
    let options = options(&["--optimizer", "sgd", "--learning-rate", "1e30"]).unwrap();
    let mut network = Reader::boxed_seeded(1);
    let error = train(&mut network, &few(20, 1), &options).unwrap_err();
    assert!(error.to_string().ends_with("a smaller learning rate may help"), "{error}");
}

#[test]
fn bad_values_of_options_are_errors_that_say_what_is_expected() {
    for (arguments, expected) in [
        (["--epochs", "0"], "expected a whole number from 1 to 10000"),
        (["--batch", "0"], "expected a whole number from 1 to 1000"),
        (["--batch", "1001"], "expected a whole number from 1 to 1000"),
        (["--learning-rate", "0"], "expected a number above 0"),
        (["--learning-rate", "NaN"], "expected a number above 0"),
        (["--learning-rate", "inf"], "expected a number above 0"),
        (["--seed", "-1"], "unexpected argument '-1'"),
        (["--optimizer", "adamax"], "similar value"),
    ] {
        let message = options(&arguments).unwrap_err().to_string();
        assert!(message.contains(expected), "{arguments:?}: {message}");
    }
}

#[test]
fn the_confusion_matrix_has_the_digits_in_rows_and_what_they_were_read_as_in_columns() {
    let digits = |of: &[usize]| of.iter().map(|&digit| Digit::new(digit).unwrap()).collect::<Vec<_>>();
    let text = Confusion::count(&digits(&[0, 0, 0, 0, 9]), &digits(&[0, 0, 0, 7, 9])).to_string();
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines[1], "    0           3     .     .     .     .     .     .     1     .     .    75.0 %");
    assert_eq!(lines[2], "    1           .     .     .     .     .     .     .     .     .     .         -");
    assert_eq!(lines[10], "    9           .     .     .     .     .     .     .     .     .     1   100.0 %");
}

#[test]
fn a_misread_digit_is_drawn_in_half_blocks_under_its_caption() {
    let mut image = Image::zeros();
    for (row, column) in [(4, 10), (5, 11), (6, 11), (7, 11)] {
        image[row * mnist::SIDE + column] = 1.0;
    }
    let digit = |digit| Digit::new(digit).unwrap();
    let misread = [Misread { image: &image, label: digit(1), read: digit(7), probability: 0.625 }];
    let text = report::side_by_side(&misread);
    assert_eq!(text.lines().take(4).collect::<Vec<_>>(), ["1 read as 7, 62.5 %", "▀▄", " █", ""]);
}

#[test]
#[cfg_attr(debug_assertions, ignore = "slow without optimisation")]
fn ten_epochs_read_97_of_100_digits_they_have_not_seen() {
    let data = Mnist::read(Path::new(mnist::FOLDER)).unwrap();
    let mut network = Reader::boxed_seeded(1);
    let epochs = train(&mut network, &data, &options(&[]).unwrap()).unwrap();
    let last = epochs.last().unwrap();
    assert_eq!((epochs.len(), last.number), (10, 10));
    assert!(last.test_accuracy > 0.974, "{last}");
    assert!(last.training_accuracy > 0.99 && last.loss < 0.03, "{last}");
}

#[test]
fn the_curves_have_a_mark_for_every_epoch() {
    let epoch =
        |number, loss| Epoch { number, loss, training_accuracy: 0.99, test_accuracy: 0.975, samples_per_second: 1.0 };
    for epochs in [vec![epoch(1, 0.25)], vec![epoch(1, 0.25), epoch(2, 0.125)], vec![epoch(1, 0.0)]] {
        let svg = pictures::curves(&epochs).unwrap();
        let document = roxmltree::Document::parse(&svg).unwrap();
        let marks = document.descendants().filter(|node| node.has_tag_name("circle")).count();
        assert_eq!(marks, 3 * epochs.len());
        assert!(["Loss", "Accuracy", "test"].iter().all(|text| texts(&svg).contains(&(*text).to_owned())));
    }
}

#[test]
fn the_confusion_matrix_is_drawn_with_all_its_counts() {
    let digits = |of: &[usize]| of.iter().map(|&digit| Digit::new(digit).unwrap()).collect::<Vec<_>>();
    let (labels, read) = (digits(&[&[0; 40][..], &[9]].concat()), digits(&[&[0; 28][..], &[7; 12], &[9]].concat()));
    let found = texts(&pictures::confusion(&Confusion::count(&labels, &read)).unwrap());
    for text in ["28", "12", "70.0 %", "100.0 %", "–"] {
        assert!(found.contains(&text.to_owned()), "{text} is not in {found:?}");
    }
}

#[test]
fn the_weights_are_a_small_picture_with_their_scale() {
    let network = Reader::boxed_seeded(1);
    let svg = pictures::weights(&network.affine1.weight).unwrap();
    assert!(svg.len() < 40_000, "{} bytes", svg.len());
    // He's rule: 99 of 100 weights are within 2.576 standard deviations of √(2 / 784).
    let found = texts(&svg);
    assert!(["−0.13", "0", "0.13"].iter().all(|text| found.contains(&(*text).to_owned())), "{found:?}");
    let document = roxmltree::Document::parse(&svg).unwrap();
    assert_eq!(document.descendants().filter(|node| node.has_tag_name("image")).count(), 1);
}
