//! One work done in two ways, timed in turns, and the line about it that `cargo xtask bench` reads.
//!
//! The time of one way says more about the machine than about the code.
//! The ratio of two ways that took turns in the same run says something everywhere.

use std::env;
use std::fmt::Display;
use std::num::NonZeroUsize;
use std::time::{Duration, Instant};

/// How often both sides are timed if nothing else is asked for: enough for a median that a few bad rounds cannot move.
const ROUNDS: usize = 7;

/// How much a bench does.
#[derive(Clone, Copy)]
pub(crate) enum Pace {
    /// Both sides once, small and untimed, to see that the bench still runs: `cargo test`.
    Trial,
    /// Both sides so many times, whole: `cargo bench`.
    Measurement { rounds: usize },
}

impl Pace {
    /// The pace that Cargo and the environment ask for.
    ///
    /// # Errors
    ///
    /// `TOLLGATE_BENCH_ROUNDS` is no count.
    pub(crate) fn asked() -> Result<Pace, String> {
        // `cargo bench` passes this argument to every bench, `cargo test` passes none.
        if !env::args_os().any(|argument| argument == "--bench") {
            return Ok(Pace::Trial);
        }
        let rounds = match env::var("TOLLGATE_BENCH_ROUNDS") {
            Ok(text) => {
                let rounds = text.parse::<NonZeroUsize>();
                rounds.map_err(|error| format!("TOLLGATE_BENCH_ROUNDS is `{text}`: {error}"))?.get()
            }
            Err(_) => ROUNDS,
        };
        Ok(Pace::Measurement { rounds })
    }

    /// The size to work at where a measurement works at `whole`.
    pub(crate) fn size(self, whole: usize) -> usize {
        match self {
            Pace::Trial => (whole / 100).max(1),
            Pace::Measurement { .. } => whole,
        }
    }
}

/// One work done in two ways.
pub(crate) struct Pair<Ours, Peer, Goal> {
    /// What is done, with its size.
    pub(crate) work: String,
    /// How many times one call of a side does the work; what is reported is the time of one.
    pub(crate) repeats: usize,
    /// The way whose speed is promised.
    pub(crate) ours: Ours,
    /// The way it is held against.
    pub(crate) peer: Peer,
    /// The goal: how many times as long as the peer it may take; or, behind the word `max`, how many nanoseconds.
    pub(crate) at_most: Goal,
}

impl<Ours: FnMut(), Peer: FnMut(), Goal: Display> Pair<Ours, Peer, Goal> {
    /// Times both sides in turns and prints one line of tabs: work, goal, and the nanoseconds of each side's rounds.
    pub(crate) fn measure(self, pace: Pace) {
        let Pair { work, repeats, mut ours, mut peer, at_most } = self;
        let Pace::Measurement { rounds } = pace else {
            ours();
            peer();
            return;
        };
        eprintln!("{work}");
        let (mut our_times, mut peer_times) = (Vec::new(), Vec::new());
        for _ in 0..rounds {
            our_times.push(time(&mut ours));
            peer_times.push(time(&mut peer));
        }
        println!("{work}\t{at_most}\t{}\t{}", nanoseconds(&our_times, repeats), nanoseconds(&peer_times, repeats));
    }
}

#[expect(clippy::disallowed_methods, reason = "the crate has no clock, but its benches need one")]
fn time(side: &mut impl FnMut()) -> Duration {
    let began = Instant::now();
    side();
    began.elapsed()
}

fn nanoseconds(times: &[Duration], repeats: usize) -> String {
    let each = times.iter().map(|time| format!("{:.1}", time.as_secs_f64() * 1e9 / repeats as f64));
    each.collect::<Vec<_>>().join(" ")
}
