//! The bench of the store: our journal in browsers, beside other ways to keep tokens there.
//!
//! `tests/bench` drives the browsers and holds the peers; `crates/browser/examples/storage_bench` is our side.

use std::path::Path;

use anyhow::Result;

use super::reading::readings;
use crate::page::{self, Profile};
use crate::project::Project;
use crate::run::Call;
use crate::{npm, program, tools};

/// The example that is our side.
const PROGRAM: &str = "storage_bench";

/// So few tokens show that the bench still runs.
const TRIAL_TOKENS: &str = "2000";

/// The call that measures; before it, everything is built as it is shipped.
///
/// # Errors
///
/// A tool is missing and cannot be installed, or something does not build.
pub(super) fn measurement(project: &Project) -> Result<Call> {
    let call = driver(project)?;
    page::build(project, Profile::Release)?;
    Ok(on(call, project, &program::build(project, PROGRAM, Profile::Release)?))
}

/// Runs the bench once and small, on the page as it was built last; no goal is judged.
///
/// # Errors
///
/// There is no built page, or the bench does not run.
pub(crate) fn trial(project: &Project) -> Result<()> {
    page::require_built(project)?;
    let call = driver(project)?;
    let call = on(call, project, &program::build(project, PROGRAM, Profile::Debug)?);
    let printed = call.env("TOLLGATE_BENCH_TOKENS", TRIAL_TOKENS).env("TOLLGATE_BENCH_ROUNDS", "1").run_for_output()?;
    readings(&printed).map(drop)
}

/// The program that drives the browsers, compiled, with the browsers that it drives.
fn driver(project: &Project) -> Result<Call> {
    let (node, browser, firefox) = (tools::node()?, tools::browser()?, tools::firefox()?);
    let folder = project.path("tests/bench");
    npm::install(&folder)?;
    Call::new("npx").arg("tsc").folder(&folder).run()?;
    let call = Call::new(node.program).arg("built/bench/storage.js").folder(folder);
    let call = call.env("TOLLGATE_CHROMIUM", browser.chromium);
    Ok(call.env("TOLLGATE_FIREFOX", firefox.firefox).env("TOLLGATE_GECKODRIVER", firefox.geckodriver))
}

/// Our side: the page, whose worker keeps the second copy, and the program.
fn on(driver: Call, project: &Project, program: &Path) -> Call {
    driver.env("TOLLGATE_DIST", project.dist()).env("TOLLGATE_STORAGE_BENCH", program)
}
