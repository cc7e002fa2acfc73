//! What a bench prints, read.

use anyhow::{Context, Result, ensure};

/// A pair, as measured.
///
/// Its line holds, with tabs between them: the work; the goal, which is a number for a [`Goal::Ratio`], a number behind
/// the word `max` for a [`Goal::Absolute`], and `-` for [`Goal::None`]; what each round of our side took, and what each
/// round of the peer did, with spaces between them; and the unit of these, `ns` or `bytes`. Without a unit they are
/// nanoseconds.
#[derive(Debug, PartialEq)]
pub(super) struct Reading {
    /// What was done, with its size.
    pub(super) work: String,
    /// The median of our side.
    pub(super) ours: f64,
    /// The median of the peer.
    pub(super) peer: f64,
    /// What both are counted in.
    pub(super) unit: Unit,
    /// What we promise.
    pub(super) goal: Goal,
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// Time.
    Nanoseconds,
    /// Room.
    Bytes,
}

/// What is promised of our side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Goal {
    /// How many times as much as the peer it may take.
    Ratio(f64),
    /// How much it may take, whatever the peer does.
    Absolute(f64),
    /// Nothing: the pair is there to be seen.
    None,
}

/// What became of a goal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It was met.
    Met,
    /// It was missed.
    Missed,
    /// There was none.
    None,
}

impl Reading {
    /// How many times as much as the peer ours took.
    pub(super) fn ratio(&self) -> f64 {
        self.ours / self.peer
    }

    /// Whether the goal is met.
    pub(super) fn verdict(&self) -> Verdict {
        let is_met = match self.goal {
            Goal::Ratio(most) => self.ratio() <= most,
            // Nothing at all was not measured.
            Goal::Absolute(most) => self.ours > 0.0 && self.ours <= most,
            Goal::None => return Verdict::None,
        };
        if is_met { Verdict::Met } else { Verdict::Missed }
    }
}

/// Reads what benches printed.
///
/// # Errors
///
/// A line is no reading, or there is none.
pub(super) fn readings(output: &str) -> Result<Vec<Reading>> {
    let readings = output
        .lines()
        .map(|line| reading(line).with_context(|| format!("a bench printed something else than a reading: `{line}`")));
    let readings = readings.collect::<Result<Vec<_>>>()?;
    ensure!(!readings.is_empty(), "no bench reported anything");
    Ok(readings)
}

fn reading(line: &str) -> Option<Reading> {
    let mut fields = line.split('\t');
    let work = fields.next()?.to_owned();
    let goal = goal(fields.next()?)?;
    let (ours, peer) = (median(fields.next()?)?, median(fields.next()?)?);
    let unit = unit(fields.next())?;
    fields.next().is_none().then_some(Reading { work, ours, peer, unit, goal })
}

fn goal(text: &str) -> Option<Goal> {
    if text == "-" {
        return Some(Goal::None);
    }
    match text.strip_prefix("max ") {
        Some(most) => most.parse().ok().map(Goal::Absolute),
        None => text.parse().ok().map(Goal::Ratio),
    }
}

fn unit(text: Option<&str>) -> Option<Unit> {
    match text {
        None | Some("ns") => Some(Unit::Nanoseconds),
        Some("bytes") => Some(Unit::Bytes),
        Some(_) => None,
    }
}

/// The middle of the amounts in a line, or between the two in the middle.
fn median(amounts: &str) -> Option<f64> {
    let amounts = amounts.split(' ').map(|amount| amount.parse::<f64>().ok());
    let mut amounts = amounts.collect::<Option<Vec<_>>>()?;
    amounts.sort_by(f64::total_cmp);
    let last = amounts.len().checked_sub(1)?;
    let (below, above) = (amounts.get(last / 2)?, amounts.get(amounts.len() / 2)?);
    Some(f64::midpoint(*below, *above))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(ours: f64, peer: f64, goal: Goal) -> Reading {
        Reading { work: "check/quotes/10000000".to_owned(), ours, peer, unit: Unit::Nanoseconds, goal }
    }

    #[track_caller]
    fn check(goal: Goal, ours: f64, peer: f64, verdict: Verdict) {
        assert_eq!(measured(ours, peer, goal).verdict(), verdict);
    }

    #[test]
    fn a_line_is_read_with_the_medians_of_its_rounds() {
        let odd = readings("check/quotes/10000000\t15\t90.5 800.0 70.0\t9.0\n").unwrap();
        assert_eq!(odd, [measured(90.5, 9.0, Goal::Ratio(15.0))]);
        let even = readings("check/quotes/10000000\t0.5\t4.0 1.0 2.0 100.0\t2.0 1.0\n").unwrap();
        assert_eq!(even, [measured(3.0, 1.5, Goal::Ratio(0.5))]);
    }

    #[test]
    fn a_line_may_name_its_unit_and_another_kind_of_goal() {
        let time = readings("check/quotes/10000000\t-\t1.0\t2.0\tns\n").unwrap();
        assert_eq!(time, [measured(1.0, 2.0, Goal::None)]);
        let room = readings("check/quotes/10000000\tmax 100\t66.2\t330.0\tbytes\n").unwrap();
        assert_eq!(room, [Reading { unit: Unit::Bytes, ..measured(66.2, 330.0, Goal::Absolute(100.0)) }]);
    }

    #[test]
    fn what_is_no_reading_is_refused_and_named() {
        let lines = [
            "running 3 tests",
            "",
            "a\t1\t2.0",
            "a\t1\t2.0\t",
            "a\tfew\t2.0\t3.0",
            "a\tmax\t2.0\t3.0",
            "a\t1\t2.0\t3.0\t4.0",
            "a\t1\t2.0\t3.0\tns\tns",
        ];
        for line in lines {
            let error = readings(&format!("a\t1\t2.0\t3.0\n{line}\n")).unwrap_err().to_string();
            assert!(error.ends_with(&format!("`{line}`")), "{error}");
        }
        assert_eq!(readings("").unwrap_err().to_string(), "no bench reported anything");
    }

    #[test]
    fn a_goal_is_met_up_to_its_limit() {
        check(Goal::Ratio(15.0), 15.0, 1.0, Verdict::Met);
        check(Goal::Ratio(15.0), 15.1, 1.0, Verdict::Missed);
        // A clock that does not move proves nothing.
        check(Goal::Ratio(15.0), 0.0, 0.0, Verdict::Missed);
        check(Goal::Ratio(15.0), 1.0, 0.0, Verdict::Missed);
        check(Goal::Absolute(100.0), 100.0, 1.0, Verdict::Met);
        check(Goal::Absolute(100.0), 100.1, 1_000.0, Verdict::Missed);
        check(Goal::Absolute(100.0), 0.0, 1.0, Verdict::Missed);
        check(Goal::None, 7.0, 1.0, Verdict::None);
    }
}
