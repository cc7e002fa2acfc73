//! The user's cache folder: a folder per tool and version, shared by every clone on the machine.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Where one version of one tool is kept, or will be.
pub(crate) struct Slot {
    cache: PathBuf,
    name: String,
}

/// The two folders that an installation works with.
pub(crate) struct Workshop {
    /// What becomes the slot when the installation is whole.
    pub(crate) result: PathBuf,
    /// Kept when an installation is interrupted, so that the next one goes on from there.
    pub(crate) scratch: PathBuf,
}

impl Slot {
    /// The slot of `tool` at `version`.
    ///
    /// # Errors
    ///
    /// Neither `XDG_CACHE_HOME` nor `HOME` is set.
    pub(crate) fn of(tool: &str, version: &str) -> Result<Self> {
        Ok(Self { cache: cache_folder()?, name: format!("{tool}-{version}") })
    }

    /// The folder itself; it exists once the tool is installed.
    pub(crate) fn folder(&self) -> PathBuf {
        self.cache.join(&self.name)
    }

    /// Installs into the slot, unless another process did so while this one waited for its turn.
    ///
    /// `fill` works in folders beside the slot that take its place only at the end: an interrupted installation is
    /// never taken for a whole one.
    ///
    /// # Errors
    ///
    /// A folder cannot be written, or `fill` failed.
    pub(crate) fn install(
        &self,
        is_whole: impl Fn() -> bool,
        fill: impl FnOnce(&Workshop) -> Result<()>,
    ) -> Result<()> {
        create_folder(&self.cache)?;
        let turn = File::create(self.cache.join("lock")).context("could not write to the cache folder")?;
        turn.lock().context("could not wait for another installation to end")?;
        if is_whole() {
            return Ok(());
        }
        let partial = self.cache.join(format!("{}.partial", self.name));
        let workshop = Workshop { result: partial.join("result"), scratch: partial.join("scratch") };
        remove_folder(&workshop.result)?;
        create_folder(&workshop.result)?;
        create_folder(&workshop.scratch)?;
        fill(&workshop)?;
        remove_folder(&self.folder())?;
        fs::rename(&workshop.result, self.folder())
            .with_context(|| format!("could not move the finished tool to {}", self.folder().display()))?;
        remove_folder(&partial)
    }
}

fn cache_folder() -> Result<PathBuf> {
    let folder = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|folder| folder.is_absolute());
    let caches = folder("XDG_CACHE_HOME").or_else(|| Some(folder("HOME")?.join(".cache")));
    let caches = caches.context("no cache folder: set HOME or XDG_CACHE_HOME to a folder that can be written")?;
    Ok(caches.join("tollgate"))
}

fn create_folder(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("could not create {}", folder.display()))
}

fn remove_folder(folder: &Path) -> Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    fs::remove_dir_all(folder).with_context(|| format!("could not remove {}", folder.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slot(test: &str) -> Slot {
        let cache = std::env::temp_dir().join(format!("tollgate-xtask-{test}-{}", std::process::id()));
        Slot { cache, name: "tool-1.0".to_owned() }
    }

    #[test]
    fn a_failed_installation_leaves_no_tool() {
        let slot = slot("failed");
        let half = |workshop: &Workshop| -> Result<()> {
            fs::write(workshop.result.join("program"), "half")?;
            anyhow::bail!("interrupted")
        };
        assert!(slot.install(|| false, half).is_err());
        assert!(!slot.folder().exists());
        remove_folder(&slot.cache).unwrap();
    }

    #[test]
    fn a_whole_installation_takes_its_place_and_is_not_repeated() {
        let slot = slot("whole");
        let fill = |workshop: &Workshop| -> Result<()> { Ok(fs::write(workshop.result.join("program"), "whole")?) };
        slot.install(|| false, fill).unwrap();
        assert_eq!(fs::read_to_string(slot.folder().join("program")).unwrap(), "whole");
        assert!(!slot.cache.join("tool-1.0.partial").exists());
        slot.install(|| true, |_| anyhow::bail!("installed twice")).unwrap();
        remove_folder(&slot.cache).unwrap();
    }
}
