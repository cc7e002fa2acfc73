//! The journal on IndexedDB, as `docs/storage.md` describes it.
//!
//! One append is one strict transaction that re-reads the newest known record, follows what other tabs wrote, decides
//! against that, hashes and adds; where nobody else writes it decides first, and the read only shows that it was right.
//! The mirror is written meanwhile, and the append is acknowledged when both are done.
//! No lock, no leader: overlapping write transactions already run one after the other, across tabs and processes.
//! `handles` is a small database beside it, for the files that workspaces are backed up to.
//!
//! A start goes on from the snapshot where there is one (`start.rs`, and `settle.rs` for the mirror), else it reads
//! everything; `early.rs` shows something of the snapshot before that. `compact.rs` makes snapshots and segments, in the
//! steps that `crate::compaction` decides.

mod apart;
mod append;
mod beside;
mod compact;
mod connection;
mod database;
mod early;
mod fill;
mod handles;
mod idle;
mod journal;
mod outside;
mod rare;
mod raw;
mod recheck;
mod records;
mod recover;
mod replace;
mod request;
mod second_copy;
mod settle;
mod shared;
mod start;
mod steps;
mod stores;
mod unpack;
pub(crate) mod vault;

pub use database::delete_database;
pub use early::EarlyLook;
pub(crate) use handles::{KeptHandle, forget_backup, keep_backup, kept_backup};
pub use journal::IndexedDbJournal;
pub use rare::{Glance, RareParts};
pub use raw::raw_export;
