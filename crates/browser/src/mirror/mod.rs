//! The mirror: a second copy of the journal, in files of the browser's private file system.
//!
//! Chromium can delete a whole IndexedDB at the second start after a kill, without a word (`docs/storage.md`).
//! So every record is also appended to a file, which another engine keeps, and flushed before it is acknowledged. It is
//! taken out again where the database does not take it, before anybody is told.
//! A worker owns the file, because only a worker can write and flush at once.
//! What is missing where, and what of it may be written back, is decided by pure functions.

mod file_format;
mod merge;
mod message;
mod opfs;
#[cfg(test)]
pub(crate) mod test_support;
mod worker_client;
mod worker_server;

pub(crate) use merge::{agree, is_behind, plan, unmirrored};
pub use opfs::{MirrorError, MirrorFiles};
pub use worker_client::MirrorState;
pub(crate) use worker_client::{Mirror, Sent, empty};
pub use worker_server::serve_mirror;
