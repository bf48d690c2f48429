#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::*;

/// A folder with two images and their labels, which a test may spoil; gone when dropped.
struct Folder(PathBuf);

impl Folder {
    fn new(test: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("chainrule-{}-{test}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let folder = Self(folder);
        folder.write("images", &idx(&[2, 28, 28], &[[0; PIXELS], [51; PIXELS]].concat()));
        folder.write("labels", &idx(&[2], &[7, 0]));
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn write(&self, name: &str, content: &[u8]) {
        fs::write(self.path(name), gzip(content)).unwrap();
    }

    fn read(&self) -> Result<Digits, ReadError> {
        Digits::read(&self.path("images"), &self.path("labels"))
    }

    /// What reading reports: that it names the file is checked, the rest is returned.
    fn problem_in(&self, name: &str) -> (Problem, String) {
        let error = self.read().unwrap_err();
        assert_eq!(error.path, self.path(name));
        let message = error.to_string();
        let message = message.strip_prefix(&format!("{}: ", error.path.display())).unwrap().to_owned();
        (error.problem, message)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn idx(dimensions: &[u32], bytes: &[u8]) -> Vec<u8> {
    let mut content = vec![0, 0, 8, dimensions.len() as u8];
    content.extend(dimensions.iter().flat_map(|length| length.to_be_bytes()));
    content.extend(bytes);
    content
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn good_files_become_images_from_0_to_1_and_their_labels() {
    let folder = Folder::new("good");
    let digits = folder.read().unwrap();
    assert_eq!(digits.len(), 2);
    assert_eq!(digits.images, [Image::repeat(0.0), Image::repeat(0.2)]);
    assert_eq!(digits.labels.iter().map(|label| label.index()).collect::<Vec<_>>(), [7, 0]);
}

#[test]
fn the_test_set_that_comes_with_the_examples_is_whole() {
    let file = |name| Path::new(FOLDER).join(name);
    let digits = Digits::read(&file("t10k-images-idx3-ubyte.gz"), &file("t10k-labels-idx1-ubyte.gz")).unwrap();
    assert_eq!(digits.len(), 10_000);
    assert_eq!(digits.labels[..5].iter().map(|label| label.index()).collect::<Vec<_>>(), [7, 2, 1, 0, 4]);
}

#[test]
fn a_missing_file_is_named_with_what_was_expected_there() {
    let folder = Folder::new("missing");
    fs::remove_file(folder.path("labels")).unwrap();
    let (problem, message) = folder.problem_in("labels");
    assert!(matches!(problem, Problem::Open(error) if error.kind() == std::io::ErrorKind::NotFound));
    assert_eq!(message, "expected a gzipped IDX file here, but it cannot be opened");
}

#[test]
fn a_folder_without_the_files_is_an_error_that_names_the_first_of_them() {
    let error = Mnist::read(Path::new("nowhere")).unwrap_err();
    assert_eq!(error.path, Path::new("nowhere").join("train-images-idx3-ubyte.gz"));
}

#[test]
fn a_truncated_download_cannot_be_unpacked() {
    let folder = Folder::new("truncated");
    let whole = fs::read(folder.path("images")).unwrap();
    fs::write(folder.path("images"), &whole[..whole.len() / 2]).unwrap();
    let (problem, message) = folder.problem_in("images");
    assert!(matches!(problem, Problem::Unpack(error) if error.kind() == std::io::ErrorKind::UnexpectedEof));
    assert_eq!(message, "expected a complete gzip file, but it cannot be unpacked");
}

#[test]
fn a_file_that_is_not_gzip_cannot_be_unpacked() {
    let folder = Folder::new("html");
    fs::write(folder.path("images"), "<html><h1>404 Not Found</h1></html>").unwrap();
    assert!(matches!(folder.problem_in("images").0, Problem::Unpack(_)));
}

#[test]
fn a_damaged_file_does_not_pass_its_checksum() {
    let folder = Folder::new("damaged");
    let mut content = fs::read(folder.path("labels")).unwrap();
    let checksum = content.len() - 8;
    content[checksum] ^= 1;
    fs::write(folder.path("labels"), content).unwrap();
    assert!(matches!(folder.problem_in("labels").0, Problem::Unpack(_)));
}

#[test]
fn a_file_that_ends_in_the_header_is_an_error_with_both_lengths() {
    let folder = Folder::new("header");
    for found in [0, 3, 11] {
        folder.write("images", &idx(&[2, 28, 28], &[])[..found]);
        let (problem, message) = folder.problem_in("images");
        assert!(matches!(problem, Problem::Header { expected: 16, .. }));
        assert_eq!(message, format!("expected an IDX header of 16 bytes, found {found} bytes in all"));
    }
}

#[test]
fn labels_in_the_place_of_images_are_told_by_the_magic_number() {
    let folder = Folder::new("magic");
    folder.write("images", &idx(&[2], &[7, 0]));
    let (problem, message) = folder.problem_in("images");
    assert!(matches!(problem, Problem::Magic { expected: 0x803, found: 0x801 }));
    assert_eq!(message, "expected the IDX magic number 0x00000803, found 0x00000801");
}

#[test]
fn images_of_another_size_are_an_error_with_both_sizes() {
    let folder = Folder::new("size");
    folder.write("images", &idx(&[2, 32, 16], &[0; 1024]));
    let (problem, message) = folder.problem_in("images");
    assert!(matches!(problem, Problem::ImageSize { expected: [28, 28], found: [32, 16] }));
    assert_eq!(message, "expected images of 28x28 pixels, found 32x16");
}

#[test]
fn a_file_shorter_or_longer_than_it_says_is_an_error_with_both_lengths() {
    let folder = Folder::new("length");
    for found in [1, 3] {
        folder.write("labels", &idx(&[2], &[5; 3][..found]));
        let (problem, message) = folder.problem_in("labels");
        assert!(matches!(problem, Problem::Length { expected: 2, .. }));
        assert_eq!(message, format!("expected 2 bytes after the header, as it announces, found {found}"));
    }
    folder.write("labels", &idx(&[2], &[7, 0]));
    folder.write("images", &idx(&[u32::MAX; 3], &[]));
    assert!(matches!(folder.problem_in("images").0, Problem::Length { expected: u64::MAX, found: 0 }));
}

#[test]
fn a_label_above_9_is_an_error_with_its_position() {
    let folder = Folder::new("label");
    folder.write("labels", &idx(&[2], &[9, 10]));
    let (problem, message) = folder.problem_in("labels");
    assert!(matches!(problem, Problem::Label { position: 1, .. }));
    assert_eq!(message, "expected labels from 0 to 9, found 10 at position 1");
}

#[test]
fn more_labels_than_images_are_an_error_with_both_counts() {
    let folder = Folder::new("count");
    folder.write("labels", &idx(&[3], &[7, 0, 1]));
    let (problem, message) = folder.problem_in("labels");
    assert!(matches!(problem, Problem::Count { images: 2, labels: 3, .. }));
    let images = folder.path("images");
    assert_eq!(message, format!("expected 2 labels, one for each image in {}, found 3", images.display()));
}
