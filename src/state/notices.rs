//! What just happened, said once, with a way back where there is one.

use std::time::Duration;

use leptos::prelude::*;
use tollgate_tokens::EventId;

/// How long a notice stays when nobody looks at it.
const STAYS: Duration = Duration::from_secs(10);

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raised {
    /// Names it until it goes.
    pub id: u64,
    /// What happened, as a sentence without a full stop.
    pub text: String,
    /// The act that can be undone, if it can.
    pub undo: Option<EventId>,
    /// Whether it is bad news, which stays until it is dismissed.
    pub is_failure: bool,
}

/// The notices that are shown now.
#[derive(Clone, Copy)]
pub struct Notices {
    shown: ReadSignal<Vec<Raised>>,
    set_shown: WriteSignal<Vec<Raised>>,
    next: StoredValue<u64>,
    held: RwSignal<bool>,
}

impl Notices {
    pub(super) fn new() -> Self {
        let (shown, set_shown) = signal(Vec::new());
        Self { shown, set_shown, next: StoredValue::new(1), held: RwSignal::new(false) }
    }

    /// The notices, oldest first.
    #[must_use]
    pub fn shown(self) -> ReadSignal<Vec<Raised>> {
        self.shown
    }

    /// The newest act that a notice offers to undo.
    #[must_use]
    pub fn newest_undo(self) -> Option<EventId> {
        self.shown.with_untracked(|shown| shown.iter().rev().find_map(|raised| raised.undo))
    }

    /// Says that something was done.
    pub fn done(self, text: impl Into<String>, undo: Option<EventId>) {
        let id = self.raise(text.into(), undo, false);
        self.leave_later(id);
    }

    /// Says that something was not done, and why.
    pub fn failed(self, text: impl Into<String>) {
        self.raise(text.into(), None, true);
    }

    /// Takes a notice away.
    pub fn dismiss(self, id: u64) {
        self.set_shown.update(|shown| shown.retain(|raised| raised.id != id));
    }

    /// Takes the offers to undo an act away, once somebody took one.
    pub fn withdraw(self, act: EventId) {
        self.set_shown.update(|shown| shown.retain(|raised| raised.undo != Some(act)));
    }

    /// Keeps notices while somebody points at them or has the focus in them.
    pub fn hold(self, hold: bool) {
        self.held.set(hold);
    }

    fn raise(self, text: String, undo: Option<EventId>, is_failure: bool) -> u64 {
        let id = self.next.get_value();
        self.next.set_value(id + 1);
        self.set_shown.update(|shown| {
            // One act, one way back: an older offer would undo something else than the reader thinks.
            shown.retain(|raised| raised.undo.is_none() || undo.is_none());
            // Said again, it is read out again; two of one sentence would say no more.
            shown.retain(|raised| raised.text != text || raised.undo.is_some());
            shown.push(Raised { id, text, undo, is_failure });
        });
        id
    }

    fn leave_later(self, id: u64) {
        set_timeout(
            move || {
                if self.held.try_get_untracked() == Some(true) {
                    self.leave_later(id);
                } else if self.shown.try_with_untracked(|_| ()).is_some() {
                    self.dismiss(id);
                }
            },
            STAYS,
        );
    }
}
