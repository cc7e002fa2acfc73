//! The mirror as the journal uses it: what goes into it, and who is told how it stands.

use std::cell::{Cell, OnceCell};
use std::rc::Rc;

use tollgate_tokens::{RecordHead, StoredRecord};

use crate::mirror::{Mirror, MirrorState, Sent};
use crate::notices::{JournalNotice, Notices};

/// The second copy of one journal.
pub(super) struct SecondCopy {
    /// Empty while a start that went on from a snapshot waits for it; nothing is appended until then.
    mirror: OnceCell<Mirror>,
    is_closed: Cell<bool>,
    notices: Rc<Notices>,
    /// Records before this number were mirrored before this page heard of them.
    announced: Cell<u64>,
}

impl SecondCopy {
    /// Everything before `announced` is mirrored, or owed.
    pub(super) fn new(notices: Rc<Notices>, announced: u64) -> Self {
        Self { mirror: OnceCell::new(), is_closed: Cell::new(false), notices, announced: Cell::new(announced) }
    }

    /// Takes the mirror over and tells how it stands.
    pub(super) fn open(&self, mirror: Mirror) {
        if self.is_closed.get() {
            mirror.close();
        }
        let before = self.state();
        let _ = self.mirror.set(mirror);
        self.tell_if_changed(&before);
    }

    /// The mirror itself, once it is there.
    pub(super) fn mirror(&self) -> Option<&Mirror> {
        self.mirror.get()
    }

    /// How it stands.
    pub(super) fn state(&self) -> MirrorState {
        let opening = || MirrorState::Absent { cause: "it is being opened".to_owned() };
        self.mirror.get().map_or_else(opening, Mirror::state)
    }

    /// Another tab says that everything before a number is in both its copies.
    pub(super) fn note_announced(&self, next: u64) {
        self.announced.set(self.announced.get().max(next));
    }

    /// Those of the records behind `base` that no tab has announced: their tab may die before it has mirrored them.
    pub(super) fn unannounced(&self, records: &[StoredRecord], base: u64) -> Vec<StoredRecord> {
        let from = self.announced.get().max(base.saturating_add(1));
        records.iter().filter(|record| record.sequence >= from).cloned().collect()
    }

    /// Waits until records are in the mirror as well. Where they cannot be, everybody is told.
    pub(super) async fn keep(&self, records: &[StoredRecord]) {
        self.arrived(self.send(records)).await;
    }

    /// Hands records to the mirror at once.
    pub(super) fn send(&self, records: &[StoredRecord]) -> Sent {
        self.mirror.get().map(|mirror| mirror.send(records)).unwrap_or_default()
    }

    /// Waits until what was sent is in the mirror. Where it cannot be, everybody is told.
    pub(super) async fn arrived(&self, sent: Sent) {
        let Some(mirror) = self.mirror.get() else { return };
        if let Err(state) = mirror.arrived(sent).await {
            self.notices.tell(&JournalNotice::Mirror(state));
        }
    }

    /// Takes a record out of the mirror again that did not become durable in the database.
    ///
    /// # Errors
    ///
    /// The reason, in words: it may still be there.
    pub(super) async fn retract(&self, sent: Sent, record: &StoredRecord) -> Result<(), String> {
        let (Some(mirror), Some(head)) = (self.mirror.get(), RecordHead::claimed(&record.bytes)) else {
            return Ok(());
        };
        let before = self.state();
        let retracted = mirror.retract(sent, head.hash).await;
        self.tell_if_changed(&before);
        retracted
    }

    /// Notes which older records are in no file yet.
    pub(super) fn owe(&self, records: &[StoredRecord]) {
        let before = self.state();
        if let Some(mirror) = self.mirror.get() {
            mirror.owe(records.len() as u64);
        }
        self.tell_if_changed(&before);
    }

    /// Lets go of the file.
    pub(super) fn close(&self) {
        self.is_closed.set(true);
        let before = self.state();
        if let Some(mirror) = self.mirror.get() {
            mirror.close();
        }
        self.tell_if_changed(&before);
    }

    fn tell_if_changed(&self, before: &MirrorState) {
        let now = self.state();
        if now != *before {
            self.notices.tell(&JournalNotice::Mirror(now));
        }
    }
}
