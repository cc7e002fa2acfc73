//! The snapshot of a workspace: what the events of a journal add up to, packed so that a page starts fast.
//!
//! A [`Snapshot`] is a [`Manifest`] and chunks of columns.
//! It is a cache: it names the entry of the journal that it was folded up to, and whatever is wrong with it, it is
//! thrown away and folded again.
//! Folding on from a snapshot gives the same bytes as folding from the first entry.
//!
//! [`Snapshot::decode`] reads all of it; a [`View`] answers from the bytes as they lie there, without that, and a
//! [`PartialSnapshot`] from the few chunks that an answer takes.
//! The crate is pure: storing chunks is left to others. No bytes, however wrong, make it panic.

mod bytes;
mod columns;
mod error;
mod manifest;
mod partial;
mod snapshot;
mod view;

pub use error::{Flaw, SnapshotError};
pub use manifest::{ChunkDigest, Head, ListedChunk, Manifest};
pub use partial::{PartialSnapshot, Partly};
pub use snapshot::Snapshot;
pub use view::View;
