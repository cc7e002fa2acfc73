//! What a page does for its journal while it rests: packs what has gathered, and looks at old entries.

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::{Rc, Weak};

use gloo_timers::callback::Timeout;
use tollgate_tokens::StoredRecord;
use wasm_bindgen_futures::spawn_local;

use super::compact::compact_if_due;
use super::recheck::recheck;
use super::shared::Shared;
use crate::compaction::{Compacted, Tail, behind_snapshot};

/// A page that has appended nothing for so long is at rest.
const QUIET_MILLIS: u32 = 5_000;

/// What has gathered behind the snapshot.
pub(super) struct Growth {
    tail: Cell<Tail>,
    /// The value that said which snapshot counts when the tail was counted.
    counted_behind: RefCell<Option<Vec<u8>>>,
    /// Called when more has gathered; empty while nobody packs.
    watch: OnceCell<Box<dyn Fn()>>,
    /// Runs while the page is not at rest yet.
    rest: RefCell<Option<Timeout>>,
    /// There was no room, or another failure: another day.
    gave_up: Cell<bool>,
}

impl Growth {
    /// Counts on from what lies behind a snapshot.
    pub(super) fn new(tail: Tail, current: Option<Vec<u8>>) -> Self {
        Self {
            tail: Cell::new(tail),
            counted_behind: RefCell::new(current),
            watch: OnceCell::new(),
            rest: RefCell::new(None),
            gave_up: Cell::new(false),
        }
    }

    /// Notes that more was appended, here or elsewhere.
    pub(super) fn add(&self, more: Tail) {
        self.tail.set(self.tail.get().and(more));
        if let Some(watch) = self.watch.get() {
            watch();
        }
    }

    /// Begins to count anew behind a snapshot that was just made.
    pub(super) fn begin_anew(&self, current: &[u8]) {
        self.counted_behind.replace(Some(current.to_vec()));
        self.tail.set(Tail::default());
    }

    /// Whether there is enough to pack. Counts again if another tab has made a snapshot meanwhile.
    pub(super) fn is_due(&self, current: Option<&[u8]>, journal: &[StoredRecord]) -> bool {
        if self.counted_behind.borrow().as_deref() != current {
            self.counted_behind.replace(current.map(<[u8]>::to_vec));
            self.tail.set(behind_snapshot(current, journal));
        }
        self.tail.get().is_due()
    }
}

/// Packs from now on, and looks at what lies before the snapshot once.
pub(super) fn watch(shared: &Rc<Shared>) {
    let weak = Rc::downgrade(shared);
    let on_growth = Box::new(move || wait_for_rest(&weak));
    if shared.growth.watch.set(on_growth).is_err() {
        return;
    }
    let weak = Rc::downgrade(shared);
    wait_for_rest(&weak);
    if shared.ledger.borrow().first_sequence() > 1 {
        spawn_local(recheck(weak));
    }
}

fn wait_for_rest(shared: &Weak<Shared>) {
    let Some(shared) = shared.upgrade() else { return };
    let growth = &shared.growth;
    if growth.gave_up.get() || !growth.tail.get().is_due() {
        return;
    }
    let weak = Rc::downgrade(&shared);
    let rest = Timeout::new(QUIET_MILLIS, move || pack(&weak));
    // Whatever waited before is dropped, and with it canceled: the page was not at rest.
    growth.rest.replace(Some(rest));
}

fn pack(shared: &Weak<Shared>) {
    let Some(shared) = shared.upgrade() else { return };
    shared.growth.rest.take();
    spawn_local(async move {
        // A tab that could not go on leaves nothing behind that anybody minds, so nobody need hear of it.
        let packed = compact_if_due(&shared).await;
        if matches!(packed, Ok(Compacted::NoRoom { .. }) | Err(_)) {
            shared.growth.gave_up.set(true);
        }
    });
}
