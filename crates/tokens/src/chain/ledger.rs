//! What a store needs to know of the chain: where it ends, what it adds up to, and how the next record looks.

use std::collections::BTreeSet;

use rpds::VectorSync;

use super::damage::Damage;
use super::reader::Link;
use super::record::{Encoded, RecordHash, StoredRecord, encode};
use crate::event::{Event, EventBody, NewEvent, WorkspaceCreated};
use crate::ids::{Epoch, EventId, ReplicaId};
use crate::journal::Decide;
use crate::model::Workspace;

/// Who writes here: the replica, and the name that a new history gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity {
    /// Names this journal among all.
    pub replica: ReplicaId,
    /// Names the history, used only when there is none yet.
    pub epoch: Epoch,
}

/// The newest record: what the next one is built on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Base {
    /// Its first sequence number, the key it lies under.
    pub sequence: u64,
    /// What the next record links to.
    pub hash: RecordHash,
    /// SHA-256 of its bytes as they lie there, to recognize it by.
    pub(super) sha256: RecordHash,
}

/// One event with its place in the chain.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its address: the number of the event, from 1.
    pub sequence: u64,
    /// The record that holds it.
    pub record: u64,
    /// That record's hash, which proves the event.
    pub hash: RecordHash,
    /// The event.
    pub event: Event,
}

/// Whether reading on found anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refreshed {
    /// Nobody wrote.
    Unchanged,
    /// Somebody wrote, and it was taken in.
    Changed,
}

/// Why a ledger cannot follow what a store holds now.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FollowError {
    /// The record that this ledger was built on is gone or another one lies in its place.
    #[error("entry {sequence}, the newest known here, is not in the store any more")]
    BaseGone {
        /// The key of the record that was expected.
        sequence: u64,
    },
}

/// Why no record was drafted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DraftError {
    /// The journal is damaged; only a repair may be appended.
    #[error("the journal is read-only until it is repaired: {damage}")]
    ReadOnly {
        /// The first damaged entry, in words.
        damage: String,
    },
    /// An event could not be written as bytes.
    #[error("an event cannot be written: {cause}")]
    Unwritable {
        /// What the writer said.
        cause: String,
    },
}

/// A record that is ready to be stored, and what the ledger becomes once it is.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The record to store.
    pub record: StoredRecord,
    /// How many events each act gave, in the order of the acts.
    pub events_per_act: Vec<u32>,
    after: Ledger,
}

/// The chain as far as it was read, and the workspace that it adds up to. A clone is cheap.
///
/// It holds the whole chain, or goes on from a snapshot: then the entries before
/// [`first_sequence`](Self::first_sequence) are in its workspace, but not in it.
#[derive(Debug, Clone)]
pub struct Ledger {
    identity: Identity,
    pub(super) workspace: Workspace,
    pub(super) entries: VectorSync<Entry>,
    pub(super) damage: Vec<Damage>,
    pub(super) base: Option<Base>,
    pub(super) next_sequence: u64,
    pub(super) records: u64,
    pub(super) link: Link,
    /// The record that a snapshot was folded up to, where this ledger goes on from one.
    pub(super) anchor: Option<u64>,
}

impl Ledger {
    /// An empty chain.
    #[must_use]
    pub fn new(identity: Identity) -> Self {
        Self {
            identity,
            workspace: Workspace::default(),
            entries: VectorSync::new_sync(),
            damage: Vec::new(),
            base: None,
            next_sequence: 1,
            records: 0,
            link: Link::Genesis,
            anchor: None,
        }
    }

    /// Reads a whole chain. Never fails: damage is kept inside and makes the ledger read-only.
    ///
    /// Linear in the bytes; one SHA-256 per record.
    #[must_use]
    pub fn load(identity: Identity, records: impl IntoIterator<Item = StoredRecord>) -> Self {
        let mut ledger = Self::new(identity);
        for record in records {
            ledger.take_in(&record);
        }
        ledger
    }

    /// The newest record.
    #[must_use]
    pub fn base(&self) -> Option<&Base> {
        self.base.as_ref()
    }

    /// The key of the newest record, 0 when there is none: where a store reads on from.
    #[must_use]
    pub fn base_sequence(&self) -> u64 {
        self.base.map_or(0, |base| base.sequence)
    }

    /// Takes in what a store holds from the newest known record on, that record included.
    ///
    /// # Errors
    ///
    /// [`FollowError::BaseGone`] when the first is not the record that this ledger was built on: the store was
    /// emptied or replaced, and start-up must be run again.
    pub fn follow(&mut self, tail: Vec<StoredRecord>) -> Result<Refreshed, FollowError> {
        let mut tail = tail.into_iter();
        if let Some(base) = self.base {
            let same = tail
                .next()
                .is_some_and(|first| first.sequence == base.sequence && RecordHash::of(&first.bytes) == base.sha256);
            if !same {
                return Err(FollowError::BaseGone { sequence: base.sequence });
            }
        }
        let mut refreshed = Refreshed::Unchanged;
        for record in tail {
            self.take_in(&record);
            refreshed = Refreshed::Changed;
        }
        Ok(refreshed)
    }

    /// Runs acts in order, each seeing what the ones before it decided, and builds one record of all their events.
    ///
    /// The ledger itself stays as it is until [`commit`](Self::commit). `None` when no act gave an event.
    ///
    /// # Errors
    ///
    /// [`DraftError::ReadOnly`] when the journal is damaged and the acts are more than a repair of all of it.
    pub fn draft(&self, acts: &mut [Decide]) -> Result<Option<Draft>, DraftError> {
        let mut after = self.clone();
        let mut events = Vec::new();
        let mut events_per_act = Vec::with_capacity(acts.len());
        for act in acts {
            let decided = act(&after.workspace);
            events_per_act.push(u32::try_from(decided.len()).unwrap_or(u32::MAX));
            if !decided.is_empty() && self.base.is_none() && events.is_empty() {
                let genesis = WorkspaceCreated { epoch: self.identity.epoch };
                let at = decided.first().map(instant_of).unwrap_or_default();
                let first = NewEvent::Here { at, by: None, body: EventBody::WorkspaceCreated(genesis) };
                after.stamp(first, &mut events);
            }
            for event in decided {
                after.stamp(event, &mut events);
            }
        }
        if events.is_empty() {
            return Ok(None);
        }
        self.check_writable(&events)?;
        let record = after.close(self, events)?;
        Ok(Some(Draft { record, events_per_act, after }))
    }

    /// Takes a draft over, after the store said that it is complete.
    pub fn commit(&mut self, draft: Draft) {
        *self = draft.after;
    }

    /// The state that the events add up to.
    #[must_use]
    pub fn workspace(&self) -> &Workspace {
        &self.workspace
    }

    /// The number of the first event that is held here: 1, unless the ledger goes on from a snapshot.
    ///
    /// What lies before is read from the store, by [`Journal::earlier`](crate::Journal::earlier).
    #[must_use]
    pub fn first_sequence(&self) -> u64 {
        self.anchor.unwrap_or(1)
    }

    /// Every event from [`first_sequence`](Self::first_sequence) on that could be read, oldest first.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = &Entry> + ExactSizeIterator {
        self.entries.iter()
    }

    /// Damaged entries that no repair has recorded yet; the ledger is writable when there are none.
    pub fn damage(&self) -> impl Iterator<Item = &Damage> {
        self.damage.iter().filter(|damage| !self.workspace.is_repaired(damage.sequence, &damage.sha256.to_string()))
    }

    /// Every damaged entry from [`first_sequence`](Self::first_sequence) on, recorded by a repair or not.
    #[must_use]
    pub fn all_damage(&self) -> &[Damage] {
        &self.damage
    }

    /// The number that the next event gets.
    #[must_use]
    pub fn next_sequence(&self) -> u64 {
        self.next_sequence
    }

    /// How many records were read, from [`first_sequence`](Self::first_sequence) on.
    #[must_use]
    pub fn record_count(&self) -> u64 {
        self.records
    }

    /// Gives an event its id and takes it in.
    fn stamp(&mut self, event: NewEvent, events: &mut Vec<Event>) {
        let replica = self.identity.replica;
        let next = EventId { replica, sequence: self.workspace.last_sequence_of(replica) + 1 };
        let event = event.with_id(next);
        self.workspace.apply(&event);
        events.push(event);
    }

    fn check_writable(&self, events: &[Event]) -> Result<(), DraftError> {
        let repairs = events.iter().filter_map(|event| match &event.body {
            EventBody::JournalRepaired(repair) => Some(&repair.entries),
            _ => None,
        });
        // By place as well: all missing entries have the same bytes, which are none.
        let repaired: BTreeSet<(u64, &str)> =
            repairs.flatten().map(|entry| (entry.sequence, entry.sha256.as_str())).collect();
        let is_repaired = |found: &Damage| repaired.contains(&(found.sequence, found.sha256.to_string().as_str()));
        match self.damage().find(|found| !is_repaired(found)) {
            Some(damage) => Err(DraftError::ReadOnly { damage: damage.to_string() }),
            None => Ok(()),
        }
    }

    /// Turns stamped events into a record and moves the end of the chain behind it.
    fn close(&mut self, before: &Self, events: Vec<Event>) -> Result<StoredRecord, DraftError> {
        let sequence = before.next_sequence;
        let previous = before.base.map_or_else(|| RecordHash::of_epoch(self.identity.epoch), |base| base.hash);
        let encoded: Result<Vec<Vec<u8>>, _> = events.iter().map(Event::to_bytes).collect();
        let encoded = encoded.map_err(|error| DraftError::Unwritable { cause: error.to_string() })?;
        let Encoded { bytes, hash, sha256 } = encode(sequence, previous, &encoded);
        for (event, offset) in events.into_iter().zip(0_u64..) {
            self.entries.push_back_mut(Entry { sequence: sequence + offset, record: sequence, hash, event });
            self.next_sequence = sequence + offset + 1;
        }
        self.records += 1;
        self.link = Link::To(hash);
        self.base = Some(Base { sequence, hash, sha256 });
        Ok(StoredRecord { sequence, bytes })
    }
}

fn instant_of(event: &NewEvent) -> crate::time::Timestamp {
    match event {
        NewEvent::Here { at, .. } => *at,
        NewEvent::Adopted(event) => event.at,
    }
}
