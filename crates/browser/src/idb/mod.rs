//! The journal on IndexedDB, as `docs/storage.md` describes it.
//!
//! One append is one strict transaction that re-reads the newest known record, follows what other tabs wrote, decides
//! again, hashes and adds; it is acknowledged when the transaction completes.
//! No lock, no leader: overlapping write transactions already run one after the other, across tabs and processes.

mod append;
mod connection;
mod database;
mod journal;
mod records;
mod request;

pub use database::delete_database;
pub use journal::IndexedDbJournal;
