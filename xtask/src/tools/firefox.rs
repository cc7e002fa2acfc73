//! Firefox and its driver, for the stores, which must keep their promise in both engines.

use std::path::PathBuf;

use anyhow::{Context, Result};

use super::{cargo_tool, debian, version};
use crate::run::on_path;

/// A browser with the driver that steers it.
pub(crate) struct Firefox {
    /// The browser.
    pub(crate) firefox: PathBuf,
    /// The program that steers it.
    pub(crate) geckodriver: PathBuf,
    /// What the browser says its version is.
    pub(crate) version: String,
}

/// Finds Firefox and geckodriver, or installs them: the one from Debian's packages, the other from crates.io.
///
/// `FIREFOX` and `GECKODRIVER` name other ones than PATH leads to.
///
/// # Errors
///
/// Firefox is missing and this is not root on a Debian machine, or geckodriver cannot be built.
pub(crate) fn find_or_install() -> Result<Firefox> {
    if firefox().is_none() {
        debian::install(&["firefox-esr"], "the browser tests", "name an installed Firefox in FIREFOX")?;
    }
    let firefox = firefox().context("firefox is still not on PATH; name it in FIREFOX")?;
    let geckodriver = match super::browser::named_by("GECKODRIVER") {
        Some(program) => program,
        None => cargo_tool::geckodriver()?.program,
    };
    let version = version::of(&firefox).unwrap_or_default();
    Ok(Firefox { firefox, geckodriver, version })
}

fn firefox() -> Option<PathBuf> {
    super::browser::named_by("FIREFOX").or_else(|| ["firefox", "firefox-esr"].into_iter().find_map(on_path))
}
