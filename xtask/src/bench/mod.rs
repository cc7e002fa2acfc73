//! `cargo xtask bench`: what we promise about speed and weight, held against peers that take turns with us.
//!
//! A bench prints one line per pair, as [`Reading`](reading::Reading) says.
//! Medians, ratios and verdicts are made here.

mod command;
mod reading;
mod report;
mod storage;

pub(crate) use command::{Options, bench};
pub(crate) use storage::trial as storage_trial;
