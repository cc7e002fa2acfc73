//! Compaction of the journal: a snapshot for a fast start, and old records packed into segments that stay in the chain.
//!
//! What is decided is decided here, without a browser: what a start makes of what lies in the stores, which steps a
//! compaction takes, and what each of them may do. `idb` carries that out, one transaction for each step.
//!
//! A snapshot is a cache. Whatever is wrong with one, the journal is read from its first record on: slow, never wrong.

mod compacted;
mod current;
mod due;
mod known_end;
mod picture;
mod portion;
mod steps;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod test_support;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;

pub use compacted::Compacted;
pub(crate) use current::Current;
pub(crate) use due::Tail;
pub(crate) use known_end::KnownEnd;
pub(crate) use picture::{Everything, Picture, Resumable, StoredChunk, begins_late, behind_snapshot, catch_up};
pub(crate) use portion::{PORTION_RECORDS, portion};
pub(crate) use steps::{Compaction, Found, Outcome, Step, as_stored};
