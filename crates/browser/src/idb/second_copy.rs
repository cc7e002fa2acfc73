//! The mirror as the journal uses it: what goes into it, and who is told how it stands.

use std::cell::{Cell, OnceCell};
use std::rc::Rc;

use tollgate_tokens::StoredRecord;

use crate::mirror::{Mirror, MirrorState};
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
        let Some(mirror) = self.mirror.get() else { return };
        if let Err(state) = mirror.keep(records).await {
            self.notices.tell(&JournalNotice::Mirror(state));
        }
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
