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
