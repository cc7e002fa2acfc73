//! Chromium and its driver, for the tests that run in a browser.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail, ensure};

use super::{debian, version};
use crate::run::on_path;

/// A browser with the driver that fits it.
pub(crate) struct Browser {
    /// The browser.
    pub(crate) chromium: PathBuf,
    /// The program that steers it.
    pub(crate) chromedriver: PathBuf,
    /// What the browser says its version is.
    pub(crate) version: String,
}

/// Finds Chromium and chromedriver, or installs them from Debian's packages.
///
/// `CHROME` and `CHROMEDRIVER` name other ones than PATH leads to.
///
/// # Errors
///
/// They are missing and this is not root on a Debian machine, or the two do not fit together.
pub(crate) fn find_or_install() -> Result<Browser> {
    if chromium().is_none() || chromedriver().is_none() {
        let instead = "name installed ones in CHROME and CHROMEDRIVER";
        debian::install(&["chromium", "chromium-driver"], "the browser tests", instead)?;
    }
    let (Some(chromium), Some(chromedriver)) = (chromium(), chromedriver()) else {
        bail!("chromium and chromedriver are still not on PATH; name them in CHROME and CHROMEDRIVER");
    };
    let version = require_fit(&chromium, &chromedriver)?;
    Ok(Browser { chromium, chromedriver, version })
}

fn chromium() -> Option<PathBuf> {
    named_by("CHROME").or_else(|| ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(on_path))
}

fn chromedriver() -> Option<PathBuf> {
    named_by("CHROMEDRIVER").or_else(|| on_path("chromedriver"))
}

pub(super) fn named_by(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable).map(PathBuf::from).filter(|program| program.is_file())
}

/// A driver refuses a browser of another major version, with a message that is hard to read.
fn require_fit(chromium: &Path, chromedriver: &Path) -> Result<String> {
    let browser = version::of(chromium).unwrap_or_default();
    let driver = version::of(chromedriver).unwrap_or_default();
    ensure!(
        !browser.is_empty() && version::major(&browser) == version::major(&driver),
        "Chromium `{browser}` ({}) and chromedriver `{driver}` ({}) do not fit together; \
         install both from one place, or name a pair in CHROME and CHROMEDRIVER",
        chromium.display(),
        chromedriver.display()
    );
    Ok(browser)
}
