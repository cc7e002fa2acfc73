//! The packages that the policy editor is bundled from, and the bundler: a folder of the cache for each lock file.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use super::cache::{Slot, Workshop};
use super::node;
use crate::npm;
use crate::project::Project;
use crate::run::{Call, say};

/// What npm needs to install exactly the same packages again.
const NAMED_BY: [&str; 3] = ["package.json", "package-lock.json", ".npmrc"];

/// The packages as they are installed.
pub(crate) struct EditorPackages {
    folder: PathBuf,
    node: PathBuf,
}

impl EditorPackages {
    /// The folder that holds the packages.
    pub(crate) fn modules(&self) -> PathBuf {
        self.folder.join("node_modules")
    }

    /// A call of the bundler that finds the packages, wherever the source lies.
    pub(crate) fn esbuild(&self) -> Call {
        Call::new(&self.node).arg(bundler(&self.folder)).env("NODE_PATH", self.modules())
    }
}

/// Finds or installs what `editor/package-lock.json` names.
///
/// # Errors
///
/// The lock file cannot be read, or the packages have to be installed and cannot be: npm is missing or cannot reach its
/// registry.
pub(crate) fn find_or_install(project: &Project) -> Result<EditorPackages> {
    let node = node::find()?.program;
    let source = project.path("editor");
    let slot = Slot::of("editor", &version(&source)?)?;
    let is_whole = || bundler(&slot.folder()).is_file();
    if !is_whole() {
        say("installing the packages of the policy editor once for all clones");
        slot.install(is_whole, |workshop| install(&source, workshop))
            .context("could not install the packages of the policy editor")?;
    }
    Ok(EditorPackages { folder: slot.folder(), node })
}

fn install(source: &Path, workshop: &Workshop) -> Result<()> {
    for name in NAMED_BY {
        fs::copy(source.join(name), workshop.result.join(name)).with_context(|| format!("could not copy {name}"))?;
    }
    npm::install(&workshop.result)
}

/// It runs without its package's own scripts: those only make it start a little sooner.
fn bundler(folder: &Path) -> PathBuf {
    folder.join("node_modules/esbuild/bin/esbuild")
}

/// A name that changes with any of the packages.
fn version(source: &Path) -> Result<String> {
    let mut hash = Sha256::new();
    for name in NAMED_BY {
        let file = source.join(name);
        hash.update(fs::read(&file).with_context(|| format!("could not read {}", file.display()))?);
    }
    Ok(hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect())
}
