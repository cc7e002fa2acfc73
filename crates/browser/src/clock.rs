//! The browser's clock as the tokens crate's port.

use tollgate_tokens::{Clock, Timestamp, whole_micros};

/// The clock of the machine, cut to whole microseconds.
///
/// Browsers give milliseconds or coarser, so two calls may well return the same instant.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        whole_micros(chrono::Utc::now())
    }
}
