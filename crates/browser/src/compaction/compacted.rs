//! What became of a compaction.

/// What became of a compaction. Whatever it is, nothing was lost, and a later one goes on from there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Compacted {
    /// The next start goes on from what was there; old records were packed.
    Done {
        /// How many records were moved into segments.
        records: u64,
        /// How many segments that made.
        segments: u64,
    },
    /// There is nothing to pack, or nothing that may be: no entry yet, too little behind the snapshot for a page that
    /// rests, a damaged entry that waits for a repair, or another history than the one that this page acknowledged.
    Nothing,
    /// Another tab does it, or was faster.
    Elsewhere,
    /// There is no room for a second snapshot beside the first, which still counts.
    NoRoom {
        /// The browser's reason.
        cause: String,
    },
    /// It was told to stop before its end.
    Stopped,
}
