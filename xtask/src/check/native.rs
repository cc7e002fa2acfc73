//! The steps that need no browser.

use std::fs;
use std::path::Path;

use anyhow::Result;

use super::step::Outcome;
use crate::project::Project;
use crate::run::{Call, on_path};
use crate::tools::{self, WASM_TARGET, WasmStd};

/// The crates that know no browser: each has to build by itself, with only the features it asks for.
const PURE: [&str; 3] = ["tollgate-policy", "tollgate-tokens", "tollgate-inventory"];

/// The packages with tests that run in a browser.
const BROWSER_TESTED: [&str; 6] = ["-p", "tollgate-browser", "-p", "tollgate-js-api", "-p", "tollgate"];

pub(super) fn format(project: &Project) -> Result<()> {
    cargo(project).args(["fmt", "--all", "--check"]).run()
}

pub(super) fn lint(project: &Project) -> Result<()> {
    cargo(project).args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]).run()
}

/// Tests that never run for wasm32 are not linted for it: their own dependencies need not build there.
pub(super) fn lint_for_wasm(project: &Project) -> Result<Outcome> {
    let wasm_std = tools::wasm_std(project)?;
    let code = ["--workspace", "--exclude", "xtask", "--lib", "--bins", "--target", WASM_TARGET];
    if matches!(wasm_std, WasmStd::Debian { .. }) {
        wasm_std.apply(cargo(project)).arg("check").args(code).run()?;
        return Ok(Outcome::Skipped("Debian's compiler has no clippy; the code was only checked"));
    }
    let deny = ["--", "-D", "warnings"];
    cargo(project).arg("clippy").args(code).args(deny).run()?;
    let tests = ["--tests", "--target", WASM_TARGET];
    cargo(project).arg("clippy").args(BROWSER_TESTED).args(tests).args(deny).run()?;
    Ok(Outcome::Passed)
}

pub(super) fn pure_crates_alone(project: &Project) -> Result<()> {
    let wasm_std = tools::wasm_std(project)?;
    for package in PURE {
        let check = ["check", "-p", package];
        cargo(project).args(check).run()?;
        wasm_std.apply(cargo(project)).args(check).args(["--target", WASM_TARGET]).run()?;
    }
    Ok(())
}

pub(super) fn tests(project: &Project) -> Result<()> {
    let runner: &[&str] =
        if on_path("cargo-nextest").is_some() { &["nextest", "run"] } else { &["test", "--all-targets"] };
    cargo(project).args(runner).arg("--workspace").run()?;
    cargo(project).args(["test", "--doc", "--workspace"]).run()
}

pub(super) fn docs(project: &Project) -> Result<()> {
    let arguments = ["doc", "--no-deps", "--document-private-items", "--workspace"];
    cargo(project).args(arguments).env("RUSTDOCFLAGS", "-D warnings").run()
}

/// Runs each bench once and small; how fast it is, is for `cargo xtask bench` on a quiet machine.
pub(super) fn benches(project: &Project) -> Result<Outcome> {
    let in_crates =
        fs::read_dir(project.path("crates")).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path()));
    let mut packages = in_crates.chain([project.root().to_path_buf()]);
    if !packages.any(|package| has_bench(&package)) {
        return Ok(Outcome::Skipped("there is no bench yet"));
    }
    // By name, since `--benches` would run the unit tests again.
    cargo(project).args(["test", "--workspace", "--bench", "*"]).run()?;
    Ok(Outcome::Passed)
}

pub(super) fn dependencies(project: &Project) -> Result<Outcome> {
    if on_path("cargo-deny").is_none() {
        return Ok(Outcome::Skipped("cargo-deny is not installed"));
    }
    cargo(project).args(["deny", "check", "bans", "licenses", "sources"]).run()?;
    Ok(Outcome::Passed)
}

fn cargo(project: &Project) -> Call {
    Call::new("cargo").folder(project.root())
}

fn has_bench(package: &Path) -> bool {
    fs::read_dir(package.join("benches")).is_ok_and(|mut entries| entries.next().is_some())
}
