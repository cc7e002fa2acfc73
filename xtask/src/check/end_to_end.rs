//! Stories that Playwright plays in Chromium, on the built page.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::project::Project;
use crate::run::Call;
use crate::tools::{self, WASM_TARGET};

/// How often a browser is killed in the middle of its work, unless the environment says otherwise: on fresh profiles,
/// on one that lives on, and at points that have names.
const KILLS: [(&str, &str); 3] =
    [("TOLLGATE_KILL_ROUNDS", "2"), ("TOLLGATE_KILLS_OF_ONE_PROFILE", "3"), ("TOLLGATE_KILL_POINTS", "5")];

pub(super) fn run(project: &Project) -> Result<()> {
    tools::node()?;
    let browser = tools::browser()?;
    let dist = project.dist();
    ensure!(dist.join("index.html").is_file(), "there is no built page: `cargo xtask dist` makes one");
    let folder = project.path("tests/e2e");
    install_packages(&folder)?;
    // Playwright runs the stories without a look at their types.
    Call::new("npx").args(["tsc", "--noEmit"]).folder(&folder).run()?;
    let burst = burst(project)?;
    let mut stories = Call::new("npx")
        .args(["playwright", "test"])
        .env("TOLLGATE_DIST", dist)
        .env("TOLLGATE_CHROMIUM", browser.chromium)
        .env("TOLLGATE_BURST", burst)
        .folder(folder);
    for (variable, few) in KILLS {
        stories = stories.env(variable, std::env::var(variable).unwrap_or(few.to_owned()));
    }
    stories.run()
}

/// Builds the program of the kill test and answers the folder that it lies in.
fn burst(project: &Project) -> Result<PathBuf> {
    let cargo = tools::wasm_std(project)?.apply(Call::new("cargo").folder(project.root()));
    let messages = cargo
        .args(["build", "--target", WASM_TARGET, "-p", "tollgate-browser", "--example", "burst"])
        .arg("--message-format=json-render-diagnostics")
        .output()?;
    let program = built_program(&messages).context("cargo did not say where it put the example `burst`")?;
    let folder = project.scratch().join("burst");
    Call::new(tools::wasm_bindgen(project)?.program)
        .args(["--target", "web", "--no-typescript", "--out-dir"])
        .arg(&folder)
        .arg(program)
        .run()?;
    Ok(folder)
}

fn built_program(messages: &str) -> Option<String> {
    let artifacts = messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    artifacts
        .filter_map(|artifact| Some(artifact.get("filenames")?.as_array()?.clone()))
        .flatten()
        .filter_map(|name| name.as_str().map(str::to_owned))
        .rfind(|name| name.ends_with("burst.wasm"))
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
