//! Tells the service worker what it keeps: every file of the built page, each with its hash.
//!
//! In its source the list is empty, and a worker with an empty list takes itself away.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};

use crate::headers;
use crate::integrity::integrity;

/// The name of the worker's file, in `dist` as in `www`. It carries no hash, or no browser would find the next version.
pub(crate) const FILE: &str = "service_worker.js";

const PAGE: &str = "index.html";

/// The page by the address that every server has for it: some lead away from the one that ends with the file's name.
const PAGE_ADDRESS: &str = "./";

const NO_VERSION: &str = "const VERSION = '';";
const NO_FILES: &str = "const FILES = {};";

/// Writes the list of the staged page into the staged worker; what else changes files has to be done before.
///
/// # Errors
///
/// The staged worker has no place for the list, or a file cannot be read or written.
pub(crate) fn write_list(staged: &Path) -> Result<()> {
    let file = staged.join(FILE);
    let worker = fs::read_to_string(&file).with_context(|| format!("could not read {}", file.display()))?;
    let mut files = BTreeMap::new();
    list(staged, "", &mut files)?;
    let worker = with_list(&worker, &files)?;
    fs::write(&file, worker).with_context(|| format!("could not write {}", file.display()))
}

/// Adds every file of a folder that belongs to the page, by its path from the page, with its hash.
fn list(folder: &Path, path: &str, files: &mut BTreeMap<String, String>) -> Result<()> {
    let entries = fs::read_dir(folder).with_context(|| format!("could not list {}", folder.display()))?;
    for entry in entries {
        let entry = entry.with_context(|| format!("could not list {}", folder.display()))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let (file, from_page) = (entry.path(), format!("{path}{name}"));
        if file.is_dir() {
            list(&file, &format!("{from_page}/"), files)?;
        } else if from_page == PAGE {
            files.insert(PAGE_ADDRESS.to_owned(), integrity(&file)?);
        } else if from_page != FILE && from_page != headers::FILE {
            files.insert(from_page, integrity(&file)?);
        }
    }
    Ok(())
}

/// The version is named by what makes it: the worker's own text and the list.
fn with_list(worker: &str, files: &BTreeMap<String, String>) -> Result<String> {
    for place in [NO_VERSION, NO_FILES] {
        ensure!(worker.matches(place).count() == 1, "{FILE} needs the line `{place}` once");
    }
    let list = serde_json::to_string_pretty(files).context("the list of files cannot be written as JSON")?;
    let hash = Sha256::new().chain_update(worker).chain_update(&list).finalize();
    let version = hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect::<String>();
    let worker = worker.replace(NO_VERSION, &format!("const VERSION = '{version}';"));
    Ok(worker.replace(NO_FILES, &format!("const FILES = {list};")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORKER: &str = "// A worker.\nconst VERSION = '';\nconst FILES = {};\nrun();\n";

    fn files(hashes: [&str; 2]) -> BTreeMap<String, String> {
        [PAGE_ADDRESS, "a-1.js"]
            .into_iter()
            .zip(hashes)
            .map(|(file, hash)| (file.to_owned(), hash.to_owned()))
            .collect()
    }

    #[test]
    fn the_worker_of_the_page_has_a_place_for_the_list() {
        let worker = include_str!("../../www/service_worker.js");
        let sealed = with_list(worker, &files(["sha384-a", "sha384-b"])).unwrap();
        assert!(
            sealed.contains("const FILES = {\n  \"./\": \"sha384-a\",\n  \"a-1.js\": \"sha384-b\"\n};"),
            "{sealed}"
        );
        assert!(!sealed.contains(NO_VERSION), "{sealed}");
    }

    #[test]
    fn a_version_changes_with_any_file_and_with_the_worker() {
        let one = with_list(WORKER, &files(["sha384-a", "sha384-b"])).unwrap();
        assert_eq!(one, with_list(WORKER, &files(["sha384-a", "sha384-b"])).unwrap());
        let version = |worker: &str| worker.lines().nth(1).map(str::to_owned);
        let other_file = with_list(WORKER, &files(["sha384-a", "sha384-c"])).unwrap();
        let other_worker = with_list(&WORKER.replace("run", "go"), &files(["sha384-a", "sha384-b"])).unwrap();
        assert_ne!(version(&one), version(&other_file));
        assert_ne!(version(&one), version(&other_worker));
    }

    #[test]
    fn a_worker_without_a_place_for_the_list_is_refused() {
        let error = with_list("const VERSION = '';\n", &files(["a", "b"])).unwrap_err().to_string();
        assert_eq!(error, "service_worker.js needs the line `const FILES = {};` once");
    }

    #[test]
    fn the_list_holds_what_belongs_to_the_page() {
        let staged = std::env::temp_dir().join(format!("tollgate-list-{}", std::process::id()));
        fs::create_dir_all(staged.join("icons")).unwrap();
        for file in [PAGE, FILE, headers::FILE, "a-1.js", "icons/icon.svg"] {
            fs::write(staged.join(file), WORKER).unwrap();
        }
        let mut files = BTreeMap::new();
        list(&staged, "", &mut files).unwrap();
        write_list(&staged).unwrap();
        let sealed = fs::read_to_string(staged.join(FILE)).unwrap();
        fs::remove_dir_all(&staged).unwrap();
        assert_eq!(files.keys().collect::<Vec<_>>(), ["./", "a-1.js", "icons/icon.svg"]);
        assert!(files.values().all(|hash| hash.starts_with("sha384-") && sealed.contains(hash.as_str())), "{sealed}");
    }
}
