//! Node and npm: not installed here, only found.

use std::path::PathBuf;

use anyhow::{Context, Result, ensure};

use super::{pins, version};
use crate::run::on_path;

/// Node as it is installed.
pub(crate) struct Node {
    /// The program.
    pub(crate) program: PathBuf,
    /// What it says its version is.
    pub(crate) version: String,
}

/// Finds Node and npm on PATH.
///
/// # Errors
///
/// One of them is missing, or Node is too old.
pub(crate) fn find() -> Result<Node> {
    let help = format!(
        "install Node {} or newer with npm (`apt-get install -y nodejs npm`, or from nodejs.org)",
        pins::NODE_AT_LEAST
    );
    let program = on_path("node").with_context(|| format!("`node` is not on PATH: {help}"))?;
    on_path("npm").with_context(|| format!("`npm` is not on PATH: {help}"))?;
    let version = version::of(&program).with_context(|| format!("`node --version` failed: {help}"))?;
    let is_new_enough = version::major(&version).is_some_and(|major| major >= pins::NODE_AT_LEAST);
    ensure!(is_new_enough, "Node {version} is too old: {help}");
    Ok(Node { program, version })
}
