//! `cargo xtask bench`: what we promise about speed and weight, held against peers that take turns with us.
//!
//! A bench prints one line per pair, as [`Reading`](reading::Reading) says.
//! Medians, ratios and verdicts are made here.

mod command;
mod in_browser;
mod reading;
mod report;

pub(crate) use command::{Options, bench};
pub(crate) use in_browser::try_out as try_out_in_browsers;
