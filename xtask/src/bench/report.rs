//! The table of readings.

use super::reading::{Goal, Reading, Unit, Verdict};
use crate::table::{Align, layout, short_time};

/// Readings as people read them.
pub(super) fn table(readings: &[Reading]) -> String {
    let mut rows = vec![["work", "ours", "peer", "ratio", "goal", "met"].map(str::to_owned)];
    rows.extend(readings.iter().map(|reading| {
        [
            reading.work.clone(),
            amount(reading.ours, reading.unit),
            amount(reading.peer, reading.unit),
            ratio(reading.ratio()),
            goal(reading),
            verdict(reading.verdict()).to_owned(),
        ]
    }));
    layout([Align::Start, Align::End, Align::End, Align::End, Align::Start, Align::Start], &rows)
}

fn amount(amount: f64, unit: Unit) -> String {
    match unit {
        Unit::Nanoseconds => short_time(amount),
        Unit::Bytes => format!("{amount:.1} B"),
    }
}

/// Small ratios keep enough digits to say something.
fn ratio(ratio: f64) -> String {
    if ratio < 0.1 { format!("{ratio:.5}") } else { format!("{ratio:.2}") }
}

fn goal(reading: &Reading) -> String {
    match reading.goal {
        Goal::Ratio(most) => format!("at most {most}"),
        Goal::Absolute(most) => match reading.unit {
            Unit::Nanoseconds => format!("at most {}", short_time(most)),
            Unit::Bytes => format!("at most {most} B"),
        },
        Goal::None => "none".to_owned(),
    }
}

const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "yes",
        Verdict::Missed => "NO",
        Verdict::None => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(ours: f64, peer: f64, goal: Goal) -> Reading {
        Reading { work: "check/quotes/10000000".to_owned(), ours, peer, unit: Unit::Nanoseconds, goal }
    }

    #[test]
    fn the_table_says_what_is_met() {
        let readings = [
            measured(52_000_000.0, 4_000_000.0, Goal::Ratio(15.0)),
            measured(61.0, 122_000.0, Goal::Ratio(1.0)),
            measured(61.0, 122.0, Goal::None),
            Reading { unit: Unit::Bytes, ..measured(66.2, 331.0, Goal::Absolute(100.0)) },
        ];
        let missed = [measured(32_000_000.0, 2_000_000.0, Goal::Ratio(15.0))];
        let expected = "\
work                      ours      peer    ratio  goal           met
check/quotes/10000000  52.0 ms    4.0 ms    13.00  at most 15     yes
check/quotes/10000000  61.0 ns  122.0 µs  0.00050  at most 1      yes
check/quotes/10000000  61.0 ns  122.0 ns     0.50  none
check/quotes/10000000   66.2 B   331.0 B     0.20  at most 100 B  yes
";
        assert_eq!(table(&readings), expected);
        assert!(table(&missed).ends_with("16.00  at most 15  NO\n"), "{}", table(&missed));
    }
}
