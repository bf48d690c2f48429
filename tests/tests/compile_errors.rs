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
