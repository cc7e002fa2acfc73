//! The files of the project, without what is built or installed.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// A file with its path from the root, `/` between its parts.
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) text: String,
}

impl File {
    /// Whether the file is a test, or serves tests only.
    pub(crate) fn is_test(&self) -> bool {
        let names = ["/tests.rs", "/test_support.rs", "/journal/contract.rs"];
        let folders = ["tests/", "/test_support/"];
        folders.iter().any(|name| self.path.contains(name)) || names.iter().any(|name| self.path.ends_with(name))
    }

    /// Whether the file holds Rust that is shipped.
    pub(crate) fn is_product(&self) -> bool {
        self.path.ends_with(".rs") && !self.is_test()
    }
}

const NOT_OURS: [&str; 7] = ["target", "dist", "built", "node_modules", ".git", "test-results", "playwright-report"];
const TEXT: [&str; 15] =
    ["css", "html", "js", "json", "lock", "md", "mjs", "rs", "sh", "svg", "toml", "ts", "txt", "webmanifest", "yml"];

/// Every text file, in order of path.
pub(crate) fn all() -> Vec<File> {
    let mut files = Vec::new();
    visit(Path::new(env!("CARGO_MANIFEST_DIR")), "", &mut |path: &str, name: &str| {
        let is_text = name.rsplit_once('.').is_some_and(|(_, ending)| TEXT.contains(&ending)) || name == "run";
        if is_text && let Ok(text) = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)) {
            files.push(File { path: path.to_owned(), text });
        }
    });
    files.sort_by(|one, other| one.path.cmp(&other.path));
    files
}

/// Rust that is shipped, in order of path.
pub(crate) fn product() -> Vec<File> {
    all().into_iter().filter(File::is_product).collect()
}

/// Every folder's path from the root.
pub(crate) fn folders() -> BTreeSet<String> {
    all().into_iter().filter_map(|file| Some(file.path.rsplit_once('/')?.0.to_owned())).collect()
}

fn visit(folder: &Path, from_root: &str, each: &mut impl FnMut(&str, &str)) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if from_root.is_empty() { name.clone() } else { format!("{from_root}/{name}") };
        if NOT_OURS.contains(&name.as_str()) {
            continue;
        }
        if entry.path().is_dir() {
            visit(&entry.path(), &path, each);
        } else {
            each(&path, &name);
        }
    }
}
