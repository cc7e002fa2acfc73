//! `cargo xtask test`.

use std::time::Instant;

use anyhow::Result;
use clap::ValueEnum;

use super::step::{Outcome, Step};
use crate::project::Project;
use crate::run::say;
use crate::table::{Align, duration, layout};

/// Run everything that CI runs, in its order
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Only the inner loop: format, lint and tests on this machine
    #[arg(long, conflicts_with = "only")]
    quick: bool,
    /// Only this step
    #[arg(long, value_enum, value_name = "STEP")]
    only: Option<Step>,
}

impl Options {
    fn steps(&self) -> Vec<Step> {
        match self.only {
            Some(step) => vec![step],
            None if self.quick => Step::QUICK.to_vec(),
            None => Step::value_variants().to_vec(),
        }
    }
}

/// Runs the steps in order, stops at the first that fails, and ends with a table of times.
///
/// # Errors
///
/// A step failed; the message says how to repeat it.
pub(crate) fn test(project: &Project, options: &Options) -> Result<()> {
    let steps = options.steps();
    let began = Instant::now();
    let mut rows = Vec::new();
    for (step, number) in steps.iter().zip(1_usize..) {
        say(&format!("\n[{number}/{}] {}: {}", steps.len(), step.name(), step.meaning()));
        let started = Instant::now();
        let outcome = step.run(project);
        let result = match &outcome {
            Ok(Outcome::Passed) => "passed".to_owned(),
            Ok(Outcome::Skipped(reason)) => format!("skipped: {reason}"),
            Err(_) => "FAILED".to_owned(),
        };
        let time = duration(started.elapsed());
        say(&format!("{}: {result} in {time}", step.name()));
        rows.push([step.name(), time, result]);
        if let Err(error) = outcome {
            print_times(&rows);
            let name = step.name();
            return Err(error.context(format!("step `{name}` failed; repeat it with `cargo xtask test --only {name}`")));
        }
    }
    rows.push(["total".to_owned(), duration(began.elapsed()), "passed".to_owned()]);
    print_times(&rows);
    Ok(())
}

fn print_times(rows: &[[String; 3]]) {
    print!("\n{}", layout([Align::Start, Align::End, Align::Start], rows));
}
