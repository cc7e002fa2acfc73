//! The command: runs the benches, reads what they print, and judges it.

use std::num::NonZeroU32;

use anyhow::{Result, ensure};

use super::in_browser;
use super::reading::{Verdict, readings};
use super::report::table;
use crate::project::Project;
use crate::run::Call;

/// Has no part that runs under `cargo bench`.
const STORAGE: &str = "storage";

/// Measure what we promise against peers, and hold the ratios against their goals
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Only this bench, such as `hostile` or `storage`
    name: Option<String>,
    /// Fail where a goal is missed
    #[arg(long)]
    check: bool,
    /// How often the two sides of a pair take turns, in place of the benches' own number
    #[arg(long, value_name = "N")]
    rounds: Option<NonZeroU32>,
}

/// Runs the benches and prints a table of their pairs.
///
/// # Errors
///
/// A bench fails or reports something unreadable, or a goal is missed and that shall be an error.
pub(crate) fn bench(project: &Project, options: &Options) -> Result<()> {
    let name = options.name.as_deref();
    let mut printed = String::new();
    if name != Some(STORAGE) {
        printed.push_str(&with_rounds(in_crates(project, name.unwrap_or("*")), options).run_for_output()?);
    }
    for bench in in_browser::ALL.iter().filter(|bench| name.is_none_or(|name| name == bench.name)) {
        printed.push_str(&with_rounds(bench.measurement(project)?, options).run_for_output()?);
    }
    let readings = readings(&printed)?;
    print!("\n{}", table(&readings));
    let count = |verdict: Verdict| readings.iter().filter(|reading| reading.verdict() == verdict).count();
    let (met, missed) = (count(Verdict::Met), count(Verdict::Missed));
    ensure!(!options.check || missed == 0, "{missed} of {} goals are missed", met + missed);
    Ok(())
}

fn in_crates(project: &Project, name: &str) -> Call {
    Call::new("cargo").folder(project.root()).args(["bench", "--workspace", "--bench", name])
}

fn with_rounds(call: Call, options: &Options) -> Call {
    match options.rounds {
        Some(rounds) => call.env("TOLLGATE_BENCH_ROUNDS", rounds.to_string()),
        None => call,
    }
}
