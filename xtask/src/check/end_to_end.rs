//! Stories that Playwright plays in Chromium, on the built page.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::project::Project;
use crate::run::Call;
use crate::tools;

/// How often a browser is killed in the middle of its work, unless the environment says otherwise.
const KILL_ROUNDS: (&str, &str) = ("TOLLGATE_KILL_ROUNDS", "2");

pub(super) fn run(project: &Project) -> Result<()> {
    tools::node()?;
    let browser = tools::browser()?;
    let dist = project.dist();
    ensure!(dist.join("index.html").is_file(), "there is no built page: `cargo xtask dist` makes one");
    let folder = project.path("tests/e2e");
    install_packages(&folder)?;
    let (variable, rounds) = KILL_ROUNDS;
    let rounds = std::env::var(variable).unwrap_or(rounds.to_owned());
    Call::new("npx")
        .args(["playwright", "test"])
        .env("TOLLGATE_DIST", dist)
        .env("TOLLGATE_CHROMIUM", browser.chromium)
        .env(variable, rounds)
        .folder(folder)
        .run()
}

/// Installs what the lock file names, unless that is what is installed.
fn install_packages(folder: &Path) -> Result<()> {
    let lock = fs::read(folder.join("package-lock.json")).context("could not read tests/e2e/package-lock.json")?;
    let installed = folder.join("node_modules/.tollgate-installed-lock");
    if fs::read(&installed).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    Call::new("npm").args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).folder(folder).run()?;
    fs::write(&installed, lock).with_context(|| format!("could not write {}", installed.display()))
}
