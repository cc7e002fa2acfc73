//! Where the parts of the project are.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The checked-out project.
pub(crate) struct Project {
    root: PathBuf,
}

impl Project {
    /// Finds the project that the current folder belongs to.
    ///
    /// # Errors
    ///
    /// No folder from here upwards holds a `Trunk.toml`.
    pub(crate) fn find() -> Result<Self> {
        let here = std::env::current_dir().context("could not read the current folder")?;
        let root = here.ancestors().find(|folder| folder.join("Trunk.toml").is_file());
        let root = root.context("no Trunk.toml from here upwards: run this inside the project")?;
        Ok(Self { root: root.to_path_buf() })
    }

    /// The folder that holds the root `Cargo.toml`.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// A path given from the root, with `/` between its parts.
    pub(crate) fn path(&self, from_root: &str) -> PathBuf {
        self.root.join(from_root)
    }

    /// Where Trunk puts the built page.
    pub(crate) fn dist(&self) -> PathBuf {
        self.path("dist")
    }

    /// Where Cargo puts what it builds.
    pub(crate) fn target(&self) -> PathBuf {
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| self.path("target"), |folder| self.root.join(folder))
    }

    /// A folder for what these commands write for themselves; not kept in the repository.
    pub(crate) fn scratch(&self) -> PathBuf {
        self.path("target/xtask")
    }
}
