//! The witness: what localStorage remembers of the journal's head, so that a loss of the database is noticed.
//!
//! It is written after an acknowledgement, at most once a second, so it always lags.
//! A database that is older than its witness has therefore lost something; a missing witness proves nothing.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use serde::{Deserialize, Serialize};
use tollgate_tokens::{Clock as _, Entry, Epoch, Identity, Ledger, ReplicaId, Timestamp};

use crate::clock::SystemClock;
use crate::open::StartWarning;
use crate::preferences;
use crate::web_storage::local_storage;

/// At most one witness in so many milliseconds.
const INTERVAL_MILLIS: u32 = 1_000;

const FORMAT: u8 = 2;

/// The journal's head as it was acknowledged at some instant. A stored shape: a change of it needs a new format.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Witness {
    format: u8,
    /// The name of the history.
    pub epoch: Epoch,
    /// The number that the next event was to get.
    pub next: u64,
    /// The hash of the newest record, as 64 hexadecimal digits.
    pub hash: String,
    /// When it was written. Stored in microseconds since 1970.
    #[serde(with = "chrono::serde::ts_microseconds")]
    pub at: Timestamp,
}

impl Witness {
    /// The witness of a ledger; `None` while its history has no event.
    #[must_use]
    pub fn of(ledger: &Ledger, at: Timestamp) -> Option<Self> {
        let epoch = ledger.workspace().epoch()?;
        let hash = ledger.base()?.hash.to_string();
        Some(Self { format: FORMAT, epoch, next: ledger.next_sequence(), hash, at })
    }
}

/// Reads a workspace's witness. Garbage, or the format of a newer page, counts as none.
pub(crate) fn read(workspace: &str) -> Option<Witness> {
    let text = local_storage().ok()?.get_item(&key_of(workspace)).ok()??;
    serde_json::from_str(&text).ok().filter(|witness: &Witness| witness.format == FORMAT)
}

/// Forgets a workspace's witness, when its database is deleted on purpose.
pub(crate) fn forget(workspace: &str) {
    if let Ok(storage) = local_storage() {
        let _ = storage.remove_item(&key_of(workspace));
    }
}

/// Says what a journal lacks of what its witness saw. Of what lies before the ledger's first entry it says nothing:
/// [`is_end`] does.
pub(crate) fn compare(witness: &Witness, ledger: &Ledger) -> Option<StartWarning> {
    let expected_next = witness.next;
    let at = witness.at;
    let found_next = ledger.next_sequence();
    let last = expected_next.saturating_sub(1);
    if ledger.base().is_none() {
        return Some(StartWarning::Emptied { expected_next, at });
    }
    if ledger.workspace().epoch().is_some_and(|epoch| epoch != witness.epoch) {
        return Some(StartWarning::OtherEpoch { expected_next, found_next, at });
    }
    if found_next < expected_next {
        return Some(StartWarning::Older { expected_next, found_next, at });
    }
    // An entry that damage made unreadable is not found here, and is reported as damage.
    let head = ledger.entries().rev().find(|entry| entry.sequence <= last).filter(|entry| entry.sequence == last)?;
    (head.hash.to_string() != witness.hash).then_some(StartWarning::OtherEpoch { expected_next, found_next, at })
}

/// Whether an entry of a ledger's history is the end that its witness saw.
pub(crate) fn is_end(witness: &Witness, ledger: &Ledger, entry: &Entry) -> bool {
    let is_same_history = ledger.workspace().epoch() == Some(witness.epoch);
    is_same_history && entry.sequence.saturating_add(1) == witness.next && entry.hash.to_string() == witness.hash
}

/// A replica id that was never used, for a journal that lost events: their ids must not be given out a second time.
pub(crate) fn renewed(workspace: &str, identity: Identity) -> Identity {
    // The epoch of an identity is always freshly drawn, so the mix of both is as good as a new draw.
    let mut bytes = *identity.replica.as_bytes();
    for (byte, fresh) in bytes.iter_mut().zip(identity.epoch.as_bytes()) {
        *byte ^= fresh;
    }
    let replica = ReplicaId::from_bytes(bytes);
    preferences::remember_replica(workspace, replica);
    Identity { replica, epoch: identity.epoch }
}

/// Writes the witness, not too often.
pub(crate) struct WitnessKeeper {
    pending: Rc<Pending>,
}

struct Pending {
    key: String,
    newest: RefCell<Option<Witness>>,
    /// Runs while writing has to wait.
    pause: RefCell<Option<Timeout>>,
}

impl WitnessKeeper {
    pub(crate) fn new(workspace: &str) -> Self {
        let pending = Pending { key: key_of(workspace), newest: RefCell::default(), pause: RefCell::default() };
        Self { pending: Rc::new(pending) }
    }

    /// Notes a head that was acknowledged: written at once after a quiet second, else when the second is over.
    pub(crate) fn note(&self, ledger: &Ledger) {
        let Some(witness) = Witness::of(ledger, SystemClock.now()) else { return };
        self.pending.newest.replace(Some(witness));
        let waiting = self.pending.pause.borrow().is_some();
        if !waiting {
            write_and_pause(&self.pending);
        }
    }

    /// Drops a head that waits to be written, when another tab puts another history in the journal's place.
    pub(crate) fn cancel(&self) {
        drop((self.pending.pause.take(), self.pending.newest.take()));
    }

    /// Forgets the head, one that waits to be written included, while another history takes the journal's place: no
    /// witness proves nothing, and a false one would report a loss.
    pub(crate) fn suspend(&self) {
        self.cancel();
        if let Ok(storage) = local_storage() {
            let _ = storage.remove_item(&self.pending.key);
        }
    }
}

fn write_and_pause(pending: &Rc<Pending>) {
    let Some(witness) = pending.newest.take() else {
        // A quiet second went by: the next head is written at once.
        pending.pause.take();
        return;
    };
    write(&pending.key, &witness);
    let again = Rc::clone(pending);
    pending.pause.replace(Some(Timeout::new(INTERVAL_MILLIS, move || write_and_pause(&again))));
}

fn write(key: &str, witness: &Witness) {
    // Its own loss proves nothing, so a refusal to store it is no failure of the append.
    if let (Ok(storage), Ok(text)) = (local_storage(), serde_json::to_string(witness)) {
        let _ = storage.set_item(key, &text);
    }
}

fn key_of(workspace: &str) -> String {
    format!("tollgate.witness.{workspace}")
}
