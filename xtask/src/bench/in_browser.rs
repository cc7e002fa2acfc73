//! The benches that run in browsers, beside what else a page could do.
//!
//! `tests/bench` drives the browsers and holds the peers; an example of one of our crates is our side.

use anyhow::Result;

use super::reading::readings;
use crate::page::{self, Profile};
use crate::program::Example;
use crate::project::Project;
use crate::run::Call;
use crate::{npm, tools};

/// A bench that runs in browsers.
pub(super) struct BrowserBench {
    /// The name that `cargo xtask bench` takes.
    pub(super) name: &'static str,
    /// Our side.
    example: Example,
    /// Tells the driver where our side is.
    folder_variable: &'static str,
    /// So little shows that the bench still runs.
    trial: (&'static str, &'static str),
}

pub(super) const ALL: [BrowserBench; 2] = [
    BrowserBench {
        name: "storage",
        example: Example { package: "tollgate-browser", name: "storage_bench" },
        folder_variable: "TOLLGATE_STORAGE_BENCH",
        trial: ("TOLLGATE_BENCH_TOKENS", "2000"),
    },
    BrowserBench {
        name: "policy",
        example: Example { package: "tollgate-js-api", name: "policy_bench" },
        folder_variable: "TOLLGATE_POLICY_BENCH",
        trial: ("TOLLGATE_BENCH_IDS", "500"),
    },
];

impl BrowserBench {
    /// The call that measures; before it, everything is built as it is shipped.
    ///
    /// # Errors
    ///
    /// A tool is missing and cannot be installed, or something does not build.
    pub(super) fn measurement(&self, project: &Project) -> Result<Call> {
        let call = self.driver(project)?;
        page::build(project, Profile::Release)?;
        self.on(call, project, Profile::Release)
    }

    /// Runs the bench once and small, on the page as it was built last; no goal is judged.
    fn try_out(&self, project: &Project) -> Result<()> {
        page::require_built(project)?;
        let call = self.on(self.driver(project)?, project, Profile::Debug)?;
        let (variable, little) = self.trial;
        let printed = call.env(variable, little).env("TOLLGATE_BENCH_ROUNDS", "1").run_for_output()?;
        readings(&printed).map(drop)
    }

    /// The program that drives the browsers, compiled, with the browsers that it drives.
    fn driver(&self, project: &Project) -> Result<Call> {
        let (node, browser, firefox) = (tools::node()?, tools::browser()?, tools::firefox()?);
        let folder = project.path("tests/bench");
        npm::install(&folder)?;
        Call::new("npx").arg("tsc").folder(&folder).run()?;
        let call = Call::new(node.program).arg(format!("built/bench/{}.js", self.name)).folder(folder);
        let call = call.env("TOLLGATE_CHROMIUM", browser.chromium);
        Ok(call.env("TOLLGATE_FIREFOX", firefox.firefox).env("TOLLGATE_GECKODRIVER", firefox.geckodriver))
    }

    /// Our side: the page, whose workers are used, and the program.
    fn on(&self, driver: Call, project: &Project, profile: Profile) -> Result<Call> {
        let program = self.example.build(project, profile)?;
        Ok(driver.env("TOLLGATE_DIST", project.dist()).env(self.folder_variable, program))
    }
}

/// Runs every bench of browsers once and small.
///
/// # Errors
///
/// There is no built page, or a bench does not run.
pub(crate) fn try_out(project: &Project) -> Result<()> {
    ALL.iter().try_for_each(|bench| bench.try_out(project))
}
