//! The packages of a folder that holds a `package-lock.json`.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::run::Call;

/// Installs what the lock file names, unless that is what is installed.
///
/// # Errors
///
/// npm is missing or cannot reach its registry.
pub(crate) fn install(folder: &Path) -> Result<()> {
    let lock = folder.join("package-lock.json");
    let lock = fs::read(&lock).with_context(|| format!("could not read {}", lock.display()))?;
    let installed = folder.join("node_modules/.tollgate-installed-lock");
    if fs::read(&installed).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    Call::new("npm").args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).folder(folder).run()?;
    fs::write(&installed, lock).with_context(|| format!("could not write {}", installed.display()))
}
