//! Tests that live beside a policy, and how much of the policy they hold in place.
//!
//! A [`Suite`] says what a policy is expected to decide, and [`run`] whether it does.
//! [`Scoring`] asks how good the tests are: it makes every small mistake that could be made in the policy, a [`Mutant`],
//! leaves out those that change no decision at all, and counts how many of the rest some test would notice.
//! [`suggest`] finds a few tests that notice the others.
//! `docs/policy-tests.md` describes all of it for people.
//!
//! It leaves to others: where suites are kept, and what a text looks like after a mistake; mutants are made of a
//! policy's rules and not of its text.

mod cover;
mod difference;
mod edit;
mod expectation;
mod mutant;
mod report;
mod requests;
mod score;
mod scoring;
mod tested;

pub use cover::suggest;
pub use expectation::{Expectation, Suite, SuiteError};
pub use mutant::{Mutant, Mutation};
pub use report::{Outcome, Report, run};
pub use score::{Score, Survivor};
pub use scoring::{Scoring, score};
