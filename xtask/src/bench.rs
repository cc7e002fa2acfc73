//! `cargo xtask bench`.
//!
//! A bench prints one line per pair: the work, the goal, and the nanoseconds of each round of either side, with tabs
//! between them.
//! Medians, ratios and verdicts are made here.

use std::num::NonZeroU32;

use anyhow::{Context, Result, ensure};

use crate::project::Project;
use crate::run::Call;
use crate::table::{Align, layout, short_time};

/// Measure what we promise against peers, and hold the ratios against their goals
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Only this bench, such as `hostile`
    name: Option<String>,
    /// Fail where a goal is missed
    #[arg(long)]
    check: bool,
    /// How often the two sides of a pair take turns, in place of the benches' own number
    #[arg(long, value_name = "N")]
    rounds: Option<NonZeroU32>,
}

/// A pair, as measured.
#[derive(Debug, PartialEq)]
struct Reading {
    work: String,
    /// The median of our side, in nanoseconds.
    ours: f64,
    /// The median of the peer, in nanoseconds.
    peer: f64,
    /// The goal: how many times as long as the peer ours may take.
    at_most: f64,
}

impl Reading {
    fn ratio(&self) -> f64 {
        self.ours / self.peer
    }

    fn is_met(&self) -> bool {
        self.ratio() <= self.at_most
    }
}

/// Runs the benches and prints a table of their pairs.
///
/// # Errors
///
/// A bench fails or reports something unreadable, or a goal is missed and that shall be an error.
pub(crate) fn bench(project: &Project, options: &Options) -> Result<()> {
    let name = options.name.as_deref().unwrap_or("*");
    let mut call = Call::new("cargo").folder(project.root()).args(["bench", "--workspace", "--bench", name]);
    if let Some(rounds) = options.rounds {
        call = call.env("TOLLGATE_BENCH_ROUNDS", rounds.to_string());
    }
    let readings = readings(&call.run_for_output()?)?;
    print!("\n{}", table(&readings));
    let missed = readings.iter().filter(|reading| !reading.is_met()).count();
    ensure!(!options.check || missed == 0, "{missed} of {} goals are missed", readings.len());
    Ok(())
}

fn readings(output: &str) -> Result<Vec<Reading>> {
    let readings = output
        .lines()
        .map(|line| reading(line).with_context(|| format!("a bench printed something else than a reading: `{line}`")));
    let readings = readings.collect::<Result<Vec<_>>>()?;
    ensure!(!readings.is_empty(), "no bench reported anything");
    Ok(readings)
}

fn reading(line: &str) -> Option<Reading> {
    let [work, at_most, ours, peer] = <[&str; 4]>::try_from(line.split('\t').collect::<Vec<_>>()).ok()?;
    Some(Reading { work: work.to_owned(), ours: median(ours)?, peer: median(peer)?, at_most: at_most.parse().ok()? })
}

/// The middle of the times in a line, or between the two in the middle.
fn median(times: &str) -> Option<f64> {
    let times = times.split(' ').map(|time| time.parse::<f64>().ok());
    let mut times = times.collect::<Option<Vec<_>>>()?;
    times.sort_by(f64::total_cmp);
    let last = times.len().checked_sub(1)?;
    let (below, above) = (times.get(last / 2)?, times.get(times.len() / 2)?);
    Some(f64::midpoint(*below, *above))
}

fn table(readings: &[Reading]) -> String {
    let mut rows = vec![["work", "ours", "peer", "ratio", "goal", "met"].map(str::to_owned)];
    rows.extend(readings.iter().map(|reading| {
        let met = if reading.is_met() { "yes" } else { "NO" };
        [
            reading.work.clone(),
            short_time(reading.ours),
            short_time(reading.peer),
            ratio(reading.ratio()),
            format!("at most {}", reading.at_most),
            met.to_owned(),
        ]
    }));
    layout([Align::Start, Align::End, Align::End, Align::End, Align::Start, Align::Start], &rows)
}

/// Small ratios keep enough digits to say something.
fn ratio(ratio: f64) -> String {
    if ratio < 0.1 { format!("{ratio:.5}") } else { format!("{ratio:.2}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(ours: f64, peer: f64, at_most: f64) -> Reading {
        Reading { work: "check/quotes/10000000".to_owned(), ours, peer, at_most }
    }

    #[test]
    fn a_line_is_read_with_the_medians_of_its_rounds() {
        let odd = readings("check/quotes/10000000\t15\t90.5 800.0 70.0\t9.0\n").unwrap();
        assert_eq!(odd, [measured(90.5, 9.0, 15.0)]);
        let even = readings("check/quotes/10000000\t0.5\t4.0 1.0 2.0 100.0\t2.0 1.0\n").unwrap();
        assert_eq!(even, [measured(3.0, 1.5, 0.5)]);
    }

    #[test]
    fn what_is_no_reading_is_refused_and_named() {
        for line in ["running 3 tests", "", "a\t1\t2.0", "a\t1\t2.0\t", "a\tfew\t2.0\t3.0", "a\t1\t2.0\t3.0\t4.0"] {
            let error = readings(&format!("a\t1\t2.0\t3.0\n{line}\n")).unwrap_err().to_string();
            assert!(error.ends_with(&format!("`{line}`")), "{error}");
        }
        assert_eq!(readings("").unwrap_err().to_string(), "no bench reported anything");
    }

    #[test]
    fn a_goal_is_met_up_to_its_limit() {
        assert!(measured(15.0, 1.0, 15.0).is_met());
        assert!(!measured(15.1, 1.0, 15.0).is_met());
        // A clock that does not move proves nothing.
        assert!(!measured(0.0, 0.0, 15.0).is_met());
        assert!(!measured(1.0, 0.0, 15.0).is_met());
    }

    #[test]
    fn the_table_says_what_is_met() {
        let readings = [measured(52_000_000.0, 4_000_000.0, 15.0), measured(61.0, 122_000.0, 1.0)];
        let missed = [measured(32_000_000.0, 2_000_000.0, 15.0)];
        let expected = "\
work                      ours      peer    ratio  goal        met
check/quotes/10000000  52.0 ms    4.0 ms    13.00  at most 15  yes
check/quotes/10000000  61.0 ns  122.0 µs  0.00050  at most 1   yes
";
        assert_eq!(table(&readings), expected);
        assert!(table(&missed).ends_with("16.00  at most 15  NO\n"), "{}", table(&missed));
    }
}
