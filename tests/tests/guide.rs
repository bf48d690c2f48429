//! The guide and the other texts: that their pages are tested, and that their links lead somewhere.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn markdown_in(folder: &str) -> Vec<PathBuf> {
    let files = fs::read_dir(root().join(folder)).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|path| path.extension().is_some_and(|extension| extension == "md")).collect()
}

#[test]
fn every_page_is_in_the_contents_and_its_code_is_run() {
    let contents = fs::read_to_string(root().join("docs/guide/README.md")).unwrap();
    let tested = fs::read_to_string(root().join("tests/lib.rs")).unwrap();
    let pages: Vec<_> = markdown_in("docs/guide").into_iter().filter(|page| !page.ends_with("README.md")).collect();
    assert!(!pages.is_empty());
    for page in pages {
        let name = page.file_name().unwrap().to_str().unwrap();
        assert!(contents.contains(&format!("]({name})")), "{name} is not in the contents");
        assert!(tested.contains(&format!("docs/guide/{name}\")")), "the code of {name} is not run");
    }
}

#[test]
fn what_is_quoted_from_expansions_is_in_them() {
    let without_spaces = |text: &str| text.split_whitespace().collect::<String>();
    for (page, expansion, quotes) in [("03-add-and-multiply.md", "basket.rs", 6), ("11-digits.md", "mnist.rs", 5)] {
        let expansion = fs::read_to_string(root().join("macros/tests/expected").join(expansion)).unwrap();
        let expansion = without_spaces(&expansion.replace("::chainrule::layers::", ""));
        let page = fs::read_to_string(root().join("docs/guide").join(page)).unwrap();
        let blocks = page.split("```text\n").skip(1).filter_map(|rest| rest.split("```").next());
        let code: Vec<_> = blocks.flat_map(str::lines).filter_map(|line| Some(line.split_once(';')?.0)).collect();
        assert!(code.len() >= quotes, "{code:?}");
        for line in code {
            assert!(expansion.contains(&without_spaces(&format!("{line};"))), "{line} is not in the expansion");
        }
    }
}

#[test]
fn every_link_to_a_file_leads_to_one() {
    let texts = ["", "docs", "docs/guide", "examples", "examples/firmware"].map(markdown_in).concat();
    assert!(texts.len() > 10);
    for text in texts {
        let content = fs::read_to_string(&text).unwrap();
        let links = content.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for link in links.filter(|link| !link.contains("://") && !link.starts_with('#') && !link.contains('`')) {
            let path = text.parent().unwrap().join(link.split('#').next().unwrap());
            assert!(path.exists(), "{link} in {} leads nowhere", text.display());
        }
    }
}
