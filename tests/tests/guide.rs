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
        let expansion = expansion.replace("::chainrule::layers::", "").replace("::chainrule::layer::", "");
        // Long entries are broken up, with a comma behind the last line.
        let expansion = without_spaces(&expansion).replace(",)", ")");
        let page = fs::read_to_string(root().join("docs/guide").join(page)).unwrap();
        let blocks = page.split("```text\n").skip(1).filter_map(|rest| rest.split("```").next());
        // A line of code, and behind two spaces what it says.
        let lines = blocks
            .flat_map(str::lines)
            .filter(|line| line.contains(';') || line.starts_with('(') || line.starts_with("self."));
        let code: Vec<_> = lines.filter_map(|line| line.split("  ").next()).filter(|code| !code.is_empty()).collect();
        assert!(code.len() >= quotes, "{code:?}");
        for line in code {
            assert!(expansion.contains(&without_spaces(line)), "{line} is not in the expansion");
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

/// The numbers of a cell: `39,760` is one, `132, 272` are two.
fn numbers(cell: &str) -> Vec<usize> {
    cell.split(", ").map(|number| number.trim().replace(',', "").parse().unwrap()).collect()
}

#[test]
fn the_memory_table_says_what_is_measured_in_firmware() {
    let expected = fs::read_to_string(root().join("examples/firmware/expected.txt")).unwrap();
    let measured = |what: &str| -> usize {
        let line = expected.lines().find_map(|line| line.strip_prefix(what)?.strip_prefix(' ')?.parse().ok());
        line.unwrap_or_else(|| panic!("{what} is not measured"))
    };
    let page = fs::read_to_string(root().join("docs/embedding.md")).unwrap();
    let (_, table) = page.split_once("| network | parameters |").unwrap();
    let rows: Vec<_> = table.lines().skip(2).take_while(|line| line.starts_with('|')).collect();
    assert_eq!(rows.len(), 4);
    for (row, (network, training, step)) in rows.into_iter().zip([
        ("xor", "training", "step "),
        ("curve", "training", "step "),
        ("digits", "training", "step "),
        ("digits", "online", "online "),
    ]) {
        let cells: Vec<_> = row.trim_matches('|').split(" | ").collect();
        let of = |what: &str| measured(&format!("release {network} {what}"));
        let at_s = |what: &str| measured(&format!("small {network} {what}"));
        assert_eq!(numbers(cells[1]), [of("params")], "{row}");
        assert_eq!(numbers(cells[2]), [of("network")], "{row}");
        assert_eq!(numbers(cells[3]), [of("inference")], "{row}");
        assert_eq!(numbers(cells[4]), [of(training)], "{row}");
        if training == "training" {
            assert_eq!(numbers(cells[5]), [of("gradient"), of("state"), of("workspace")], "{row}");
        }
        assert_eq!(numbers(cells[6]), [at_s("infer stack"), at_s(&format!("{step}stack"))], "{row}");
        let instructions = [of("infer instructions"), of(&format!("{step}instructions"))];
        assert_eq!(numbers(cells[7]), instructions, "{row}");
    }
}
