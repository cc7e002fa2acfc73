//! The steps and their order.

use anyhow::Result;
use clap::ValueEnum;

use super::{browser_tests, end_to_end, native};
use crate::project::Project;
use crate::{bench, dist, generate, tools};

/// One step of `cargo xtask test`, by the name that `--only` takes.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Step {
    /// Every tool is there
    Tools,
    /// The code is formatted
    Format,
    /// Clippy finds nothing on this machine
    Lint,
    /// Clippy finds nothing for wasm32
    LintWasm,
    /// The pure crates build alone, here and for wasm32
    Pure,
    /// Unit, behavior and documentation tests on this machine
    Native,
    /// The documentation builds without a warning
    Docs,
    /// Every bench still runs
    Benches,
    /// Unit tests in a headless browser
    Browser,
    /// The release page builds and its first load is light enough
    Build,
    /// Stories in a browser, on the built page
    EndToEnd,
    /// The benches that run in browsers still do, with the built page
    BrowserBenches,
    /// Dependencies are licensed and sourced as agreed
    Dependencies,
    /// Files that are derived from others are up to date
    Generated,
}

/// How a step ended, if it did not fail.
pub(super) enum Outcome {
    /// It ran and found nothing wrong.
    Passed,
    /// It could not run here, for this reason, and need not.
    Skipped(&'static str),
}

impl Step {
    /// The inner loop: what tells most in the least time.
    pub(super) const QUICK: [Self; 3] = [Self::Format, Self::Lint, Self::Native];

    /// The name that `--only` takes.
    pub(super) fn name(self) -> String {
        self.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
    }

    /// What holds when the step has passed.
    pub(super) fn meaning(self) -> String {
        let help = self.to_possible_value().and_then(|value| value.get_help().map(ToString::to_string));
        help.unwrap_or_default()
    }

    /// Runs the step.
    ///
    /// # Errors
    ///
    /// Something is wrong with the project, or a tool is missing and cannot be installed.
    pub(super) fn run(self, project: &Project) -> Result<Outcome> {
        match self {
            Self::Tools => tools::ensure_all(project).map(passed),
            Self::Format => native::format(project).map(passed),
            Self::Lint => native::lint(project).map(passed),
            Self::LintWasm => native::lint_for_wasm(project),
            Self::Pure => native::pure_crates_alone(project).map(passed),
            Self::Native => native::tests(project).map(passed),
            Self::Docs => native::docs(project).map(passed),
            Self::Benches => native::benches(project),
            Self::Browser => browser_tests::run(project).map(passed),
            Self::Build => dist::build_and_weigh(project).map(passed),
            Self::EndToEnd => end_to_end::run(project).map(passed),
            Self::BrowserBenches => bench::try_out_in_browsers(project).map(passed),
            Self::Dependencies => native::dependencies(project),
            Self::Generated => generate::check_all(project).map(passed),
        }
    }
}

fn passed((): ()) -> Outcome {
    Outcome::Passed
}
