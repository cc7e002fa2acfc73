//! Builds the page with Trunk.

use anyhow::{Context, Result, ensure};

use crate::project::Project;
use crate::run::{Call, color_refused};
use crate::tools::{self, Optimizer};

/// How the page is compiled.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// Small, as users get it.
    Release,
    /// Quick to build.
    Debug,
}

/// Builds the page into `dist`, with the tools it needs.
///
/// # Errors
///
/// A tool is missing and cannot be installed, or the build fails.
pub(crate) fn build(project: &Project, profile: Profile) -> Result<()> {
    let optimizer = if profile == Profile::Release { Optimizer::Needed } else { Optimizer::NotNeeded };
    let tools = tools::page_tools(project, optimizer)?;

    // Trunk works offline, so that it downloads no tools of its own: the crates have to be here before.
    tools.wasm_std.apply(Call::new("cargo").args(["fetch", "--locked"])).folder(project.root()).run()?;

    let mut trunk = tools.trunk().arg("build");
    if profile == Profile::Release {
        trunk = trunk.arg("--release");
    }
    if color_refused() {
        // Trunk stops at any other value than these words.
        trunk = trunk.env("NO_COLOR", "true");
    }
    // The hook in Trunk.toml calls this very program again, to seal the page.
    let xtask = std::env::current_exe().context("could not find this program's own file")?;
    trunk.arg("--locked").env("TOLLGATE_XTASK", xtask).folder(project.root()).run()
}

/// Makes sure that there is a built page.
///
/// # Errors
///
/// There is none.
pub(crate) fn require_built(project: &Project) -> Result<()> {
    let is_built = project.dist().join("index.html").is_file();
    ensure!(is_built, "there is no built page: `cargo xtask dist` makes one");
    Ok(())
}
