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
        // Neither are the underscores that keep variables apart from the user's names.
        let expansion = expansion.replace("__", "");
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

/// All texts, with what they say, but those that are links to others.
fn all_markdown() -> Vec<(PathBuf, String)> {
    fn collect(folder: &Path, texts: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let (path, kind) = (entry.path(), entry.file_type().unwrap());
            let name = entry.file_name();
            if kind.is_dir() && name != "target" && !name.to_str().unwrap().starts_with('.') {
                collect(&path, texts);
            } else if kind.is_file() && path.extension().is_some_and(|extension| extension == "md") {
                let content = fs::read_to_string(&path).unwrap();
                texts.push((path, content));
            }
        }
    }
    let mut texts = Vec::new();
    collect(&root(), &mut texts);
    assert!(texts.len() > 20);
    texts
}

/// The lines of a text outside of its blocks of code, and the blocks with what is behind their fences.
fn prose_and_blocks(content: &str) -> (Vec<&str>, Vec<(&str, Vec<&str>)>) {
    let (mut prose, mut blocks) = (Vec::new(), Vec::new());
    let mut lines = content.lines();
    while let Some(line) = lines.next() {
        match line.trim_start().strip_prefix("```") {
            Some(language) => blocks.push((language, lines.by_ref().take_while(|line| line.trim() != "```").collect())),
            None => prose.push(line),
        }
    }
    (prose, blocks)
}

/// `(label, target)` of lines such as `[label]: target`.
fn definitions<'t>(lines: impl IntoIterator<Item = &'t str>) -> Vec<(&'t str, &'t str)> {
    lines.into_iter().filter_map(|line| line.strip_prefix('[')?.split_once("]: ")).collect()
}

/// Where the links and the pictures in a line of prose lead, code left out.
fn inline_links(line: &str) -> Vec<String> {
    let prose: String = line.split('`').step_by(2).collect::<Vec<_>>().join("`");
    prose.split("](").skip(1).filter_map(|rest| Some(rest.split_once(')')?.0.to_owned())).collect()
}

/// What a page calls one of its headings in a link.
fn anchors(prose: &[&str]) -> Vec<String> {
    let headings = prose
        .iter()
        .filter_map(|line| line.trim_start_matches('#').strip_prefix(' ').filter(|_| line.starts_with('#')));
    let letters = |heading: &str| {
        heading.to_lowercase().chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c)).collect::<String>()
    };
    headings.map(|heading| letters(heading).replace(' ', "-")).collect()
}

#[test]
fn every_link_to_a_file_leads_to_one() {
    for (text, content) in all_markdown() {
        let (prose, _) = prose_and_blocks(&content);
        let inline = prose.iter().flat_map(|line| inline_links(line));
        let defined = definitions(prose.iter().copied()).into_iter().map(|(_, target)| target.to_owned());
        for link in inline.chain(defined).filter(|link| !link.contains("://")) {
            let (file, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let path = if file.is_empty() { text.clone() } else { text.parent().unwrap().join(file) };
            assert!(path.exists(), "{link} in {} leads nowhere", text.display());
            if !anchor.is_empty() {
                let content = fs::read_to_string(path).unwrap();
                let there = anchors(&prose_and_blocks(&content).0).iter().any(|there| there == anchor);
                assert!(there, "{link} in {} leads to no heading", text.display());
            }
        }
    }
}

/// Pages are read on GitHub as they are and by rustdoc, which takes lines out of code and code without a language for Rust.
#[test]
fn code_is_the_same_wherever_it_is_read() {
    for (text, content) in all_markdown() {
        for (language, lines) in prose_and_blocks(&content).1 {
            let known = ["rust", "text", "toml", "sh", "python"].contains(&language);
            assert!(known, "{language:?} in {} is no language of both", text.display());
            for line in lines.into_iter().filter(|_| language == "rust") {
                let hidden = line.trim() == "#" || line.trim_start().starts_with("# ");
                assert!(!hidden, "{line} in {} is seen in one of two places", text.display());
            }
        }
    }
}

/// The README is the first page of the documentation, too, whose files are those of the package `core`.
#[test]
fn the_links_of_the_readme_lead_somewhere_on_docs_rs() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let (prose, _) = prose_and_blocks(&readme);
    let inline: Vec<_> =
        prose.iter().flat_map(|line| inline_links(line)).filter(|link| !link.contains("://")).collect();
    assert!(inline.is_empty(), "{inline:?} must be defined at the end");
    let library = fs::read_to_string(root().join("core/src/lib.rs")).unwrap();
    let (before, _) = library.split_once("#![doc = include_str!(\"../README.md\")]").unwrap();
    let there = definitions(before.lines().filter_map(|line| line.strip_prefix("//! ")));
    let here = definitions(prose.iter().copied());
    assert!(here.len() > 5);
    assert_eq!(here.len(), there.len());
    for ((label, file), (same, link)) in here.into_iter().zip(there) {
        assert_eq!((label, link), (same, &*format!("https://docs.rs/crate/chainrule/latest/source/{file}")));
        let packaged = fs::read(root().join("core").join(file)).unwrap();
        assert!(packaged == fs::read(root().join(file)).unwrap(), "{file}");
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
