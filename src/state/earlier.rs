//! Entries that the ledger does not hold, because the page went on from a snapshot: read back as far as somebody asks.

use leptos::prelude::*;
use tollgate_tokens::{Entry, Journal as _, JournalError, Ledger};

use super::console::After;
use crate::Services;

/// Lets the ledger hold the whole chain, where it went on from a snapshot.
///
/// # Errors
///
/// [`JournalError`] with the store's reason.
pub(super) async fn hold_everything(services: &Services) -> Result<(), JournalError> {
    let journal = services.manager.journal();
    if journal.read(Ledger::first_sequence) > 1 {
        journal.reload().await?;
    }
    Ok(())
}

/// So many are read at a time.
const PAGE: usize = 2_000;

/// What was read back so far.
#[derive(Clone, Copy)]
pub(super) struct Earlier {
    after: After,
    /// Newest first.
    kept: RwSignal<Vec<Entry>>,
    /// The number of the oldest entry that was read.
    oldest: RwSignal<Option<u64>>,
}

impl Earlier {
    /// Nothing yet.
    pub(super) fn new(after: After) -> Self {
        Self { after, kept: RwSignal::new(Vec::new()), oldest: RwSignal::new(None) }
    }

    /// Looks at what was kept, newest first. What the ledger holds by now is in it, too.
    pub(super) fn with<R>(self, look: impl FnOnce(&[Entry]) -> R) -> R {
        self.kept.with(|kept| look(kept))
    }

    /// The same, without hearing of what is kept later; nothing when the page is gone.
    pub(super) fn try_with_untracked<R>(self, look: impl FnOnce(&[Entry]) -> R) -> Option<R> {
        self.kept.try_with_untracked(|kept| look(kept))
    }

    /// Whether there are entries before those that were read.
    pub(super) fn has_unread(self) -> bool {
        self.after.revision.track();
        self.begins_at(self.oldest.get()) > 1
    }

    /// The same, asked once.
    pub(super) fn can_read_on(self) -> bool {
        self.begins_at(self.oldest.get_untracked()) > 1
    }

    /// Reads a page further back and keeps what is wanted of it. Tells whether there was one, and whether the page of the
    /// console that asked is still there.
    pub(super) async fn read_on(self, is_wanted: impl Fn(&Entry) -> bool) -> bool {
        let Some(oldest) = self.oldest.try_get_untracked() else { return false };
        let before = self.begins_at(oldest);
        if before <= 1 {
            return false;
        }
        let services = self.after.services();
        let found = match services.manager.journal().earlier(before, PAGE).await {
            Ok(found) => found,
            Err(error) => {
                self.after.storage.report(error);
                return false;
            }
        };
        let oldest = found.first().map_or(1, |entry| entry.sequence);
        self.oldest.try_set(Some(oldest));
        let wanted = found.into_iter().rev().filter(is_wanted);
        self.kept.try_update(|kept| kept.extend(wanted)).is_some()
    }

    /// The number of the first entry that is known, here or to the ledger.
    fn begins_at(self, oldest: Option<u64>) -> u64 {
        let held = self.after.services().manager.journal().read(Ledger::first_sequence);
        oldest.map_or(held, |oldest| oldest.min(held))
    }
}
