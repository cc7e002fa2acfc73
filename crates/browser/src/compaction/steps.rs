//! The steps of a compaction. Each is one transaction, complete or not there at all, and after any of them the stores
//! are good: whoever dies between two leaves nothing behind that the next start or the next attempt would mind.

use tollgate_inventory::{Head, Snapshot};
use tollgate_tokens::{Ledger, LinkCheck, StoredRecord};

use super::compacted::Compacted;
use super::current::Current;

/// One transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// Deletes the chunks of a generation and of those above, while the old snapshot counts: what an attempt left
    /// behind that died.
    Clear {
        /// The generation.
        from: u64,
        /// The value that counted when the compaction began.
        old: Option<Vec<u8>>,
    },
    /// Adds a chunk while the old snapshot counts, never over another. Nobody looks at it yet, and others go on
    /// appending.
    Write {
        /// Its generation.
        generation: u64,
        /// Its number in it, from 0.
        index: u64,
        /// The chunk.
        bytes: Vec<u8>,
        /// The value that counted when the compaction began.
        old: Option<Vec<u8>>,
    },
    /// Makes the new snapshot the one that counts, if the old one still does and every chunk is there: the only moment
    /// of change.
    Flip {
        /// The generation that is to count.
        generation: u64,
        /// How many chunks it has.
        chunks: u64,
        /// The value that counted when the compaction began.
        old: Option<Vec<u8>>,
        /// The value that counts from now on.
        new: Vec<u8>,
    },
    /// Deletes the chunks of lower generations.
    Sweep {
        /// The generation that counts.
        below: u64,
    },
    /// Moves the oldest records below the snapshot's head into a segment, as [`portion`](super::portion()) says.
    Repack {
        /// The head.
        head: Head,
    },
}

/// How a transaction ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It did what it says.
    Done,
    /// It moved so many records.
    Moved(u64),
    /// It changed nothing: there was nothing to move, or another tab was faster.
    Nothing,
}

/// What was found when a compaction began.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Found {
    /// The value that says which snapshot counts, whatever it is.
    pub(crate) current: Option<Vec<u8>>,
    /// The highest generation that has chunks; 0 when there are none.
    pub(crate) highest: u64,
}

/// A compaction on its way.
#[derive(Debug)]
pub(crate) struct Compaction {
    old: Option<Vec<u8>>,
    new: Vec<u8>,
    generation: u64,
    head: Head,
    chunks: Vec<Vec<u8>>,
    stage: Stage,
    records: u64,
    segments: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Clear,
    Write(usize),
    Flip,
    Sweep,
    Repack,
    Done,
    Overtaken,
}

impl Compaction {
    /// Plans the compaction of a journal that adds up to what this ledger says. Packs the snapshot: linear in the
    /// tokens.
    ///
    /// `None` when the ledger is empty, or damage waits for a repair.
    pub(crate) fn new(found: Found, ledger: &Ledger) -> Option<Self> {
        let head = Head::of(ledger)?;
        let Snapshot { manifest, chunks } = Snapshot::encode(ledger.workspace(), head).ok()?;
        let counts = found.current.as_deref().and_then(Current::from_bytes);
        let generation = counts.map_or(found.highest, |current| current.generation).saturating_add(1);
        let new = Current { generation, manifest }.to_bytes();
        let (old, stage) = (found.current, Stage::Clear);
        Some(Self { old, new, generation, head, chunks, stage, records: 0, segments: 0 })
    }

    /// What is to be done next; `None` when that was all.
    pub(crate) fn step(&self) -> Option<Step> {
        let (generation, old) = (self.generation, self.old.clone());
        match self.stage {
            Stage::Clear => Some(Step::Clear { from: generation, old }),
            Stage::Write(index) => {
                let bytes = self.chunks.get(index)?.clone();
                Some(Step::Write { generation, index: index as u64, bytes, old })
            }
            Stage::Flip => {
                let (chunks, new) = (self.chunks.len() as u64, self.new.clone());
                Some(Step::Flip { generation, chunks, old, new })
            }
            Stage::Sweep => Some(Step::Sweep { below: generation }),
            Stage::Repack => Some(Step::Repack { head: self.head }),
            Stage::Done | Stage::Overtaken => None,
        }
    }

    /// Goes on from how the step ended.
    pub(crate) fn advance(&mut self, outcome: Outcome) {
        if let Outcome::Moved(records) = outcome {
            self.records += records;
            self.segments += 1;
        }
        self.stage = match (self.stage, outcome) {
            (Stage::Clear | Stage::Write(_) | Stage::Flip, Outcome::Nothing) => Stage::Overtaken,
            (Stage::Clear, _) => self.write_or_flip(0),
            (Stage::Write(index), _) => self.write_or_flip(index + 1),
            (Stage::Flip, _) => Stage::Sweep,
            (Stage::Repack, Outcome::Nothing) => Stage::Done,
            (Stage::Sweep | Stage::Repack, _) => Stage::Repack,
            (over @ (Stage::Done | Stage::Overtaken), _) => over,
        };
    }

    /// The value that says which snapshot counts, once this compaction is done.
    pub(crate) fn counts_now(&self) -> &[u8] {
        &self.new
    }

    /// What became of it.
    pub(crate) fn compacted(&self) -> Compacted {
        match self.stage {
            Stage::Done => Compacted::Done { records: self.records, segments: self.segments },
            Stage::Overtaken => Compacted::Elsewhere,
            _ => Compacted::Stopped,
        }
    }

    fn write_or_flip(&self, index: usize) -> Stage {
        if index < self.chunks.len() { Stage::Write(index) } else { Stage::Flip }
    }
}

impl Step {
    /// Whether the step may be done where `current` is the value that counts and the step's generation has so many
    /// chunks. Asked in the very transaction that does it.
    pub(crate) fn may_be_done(&self, current: Option<&[u8]>, counted: u64) -> bool {
        match self {
            Self::Clear { old, .. } | Self::Write { old, .. } => old.as_deref() == current,
            Self::Flip { old, chunks, .. } => old.as_deref() == current && *chunks == counted,
            Self::Sweep { .. } | Self::Repack { .. } => true,
        }
    }
}

/// The ledger to make a snapshot of, if a page's own is the journal that lies there: it takes in what others wrote
/// behind it, and every record that lies in the journal leads up to its end by its hash.
///
/// `None` when a hash is wrong or a repair was recorded; then only reading everything tells what the journal adds up
/// to.
pub(crate) fn as_stored(ledger: &Ledger, journal: &[StoredRecord]) -> Option<Ledger> {
    let mut ledger = ledger.clone();
    let base = ledger.base_sequence();
    ledger.base()?;
    ledger.follow(journal.iter().skip_while(|record| record.sequence < base).cloned().collect()).ok()?;
    let mut check = LinkCheck::default();
    let is_linked = journal.iter().all(|record| check.accepts(record));
    let end = check.last().map(|head| (head.sequence, head.hash));
    let ends_there = end == ledger.base().map(|base| (base.sequence, base.hash));
    (is_linked && ends_there && ledger.agrees_with_replay()).then_some(ledger)
}
