//! The answers of the original, replayed row by row.
//!
//! Source: recorded from Review Board 8.1 with Djblets 6.1; see `tests/fixtures/conformance/README.md`.
//! `TOLLGATE_VECTORS` names another folder of the same shape.
#![allow(clippy::panic, reason = "a test may fail loudly")]

mod replay;

#[track_caller]
fn show(replayed: replay::Replayed) {
    match replayed {
        Ok(counted) => counted.iter().for_each(|counted| println!("{counted}")),
        Err(mismatches) => panic!("{}", replay::describe(&mismatches)),
    }
}

#[test]
fn policies_are_accepted_and_refused_as_recorded() {
    show(replay::policy_validate(&replay::folder()));
}

#[test]
fn requests_are_decided_as_recorded() {
    show(replay::policy_eval(&replay::folder()));
}
