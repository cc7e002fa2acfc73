//! Stories that Playwright plays in Chromium, on the built page.

use anyhow::Result;

use crate::page::{self, Profile};
use crate::program::Example;
use crate::project::Project;
use crate::run::Call;
use crate::{editor, npm, tools};

/// Appends until it is killed.
const BURST: Example = Example { package: "tollgate-browser", name: "burst" };

/// How often a browser is killed in the middle of its work, unless the environment says otherwise: on fresh profiles,
/// on one that lives on, and at points that have names.
const KILLS: [(&str, &str); 3] =
    [("TOLLGATE_KILL_ROUNDS", "2"), ("TOLLGATE_KILLS_OF_ONE_PROFILE", "3"), ("TOLLGATE_KILL_POINTS", "5")];

pub(super) fn run(project: &Project) -> Result<()> {
    tools::node()?;
    let browser = tools::browser()?;
    page::require_built(project)?;
    let folder = project.path("tests/e2e");
    npm::install(&folder)?;
    // Playwright runs the stories without a look at their types.
    Call::new("npx").args(["tsc", "--noEmit"]).folder(&folder).run()?;
    editor::check_types(project, &folder)?;
    let burst = BURST.build(project, Profile::Debug)?;
    let mut stories = Call::new("npx")
        .args(["playwright", "test"])
        .env("TOLLGATE_DIST", project.dist())
        .env("TOLLGATE_CHROMIUM", browser.chromium)
        .env("TOLLGATE_BURST", burst)
        .folder(folder);
    for (variable, few) in KILLS {
        stories = stories.env(variable, std::env::var(variable).unwrap_or(few.to_owned()));
    }
    stories.run()
}
