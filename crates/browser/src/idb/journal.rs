//! The journal on IndexedDB as everybody sees it.

use std::rc::Rc;

use futures_channel::oneshot;
use tollgate_tokens::{Appended, Decide, Entry, Identity, Journal, JournalError, Ledger, Refreshed, StoredRecord};
use web_sys::IdbDatabase;

use super::early::EarlyLook;
use super::rare::{Boxed, Glance, RareParts};
use super::second_copy::SecondCopy;
use super::shared::{Reply, Shared, Work};
use super::start;
use crate::compaction::Compacted;
use crate::mirror::MirrorState;
use crate::notices::JournalNotice;
use crate::open::StartWarning;
use crate::tabs::Tabs;

/// A journal in the IndexedDB database `tollgate/<workspace>`.
///
/// An act is acknowledged when its transaction is complete under strict durability and its record is flushed to the
/// mirror, where there is one. While one transaction runs, acts wait in a queue, and the next one takes the whole queue
/// as one record. A clone is another handle on the same queue.
#[derive(Clone)]
pub struct IndexedDbJournal {
    pub(super) shared: Rc<Shared>,
}

impl IndexedDbJournal {
    /// Opens a workspace's journal and reads it: its snapshot and what lies behind that, or everything where there is
    /// no snapshot or anything is wrong with it.
    ///
    /// What the mirror holds and the database lacks is written back, before anything else is written. Where that was
    /// needed, or where the witness in localStorage remembers more than the database holds,
    /// [`start_warnings`](Self::start_warnings) says so, and the replica id is changed, so that no event id is ever
    /// used twice.
    /// Linear in the size of the journal, or in the number of tokens where there is a snapshot.
    ///
    /// # Errors
    ///
    /// [`JournalError::Unavailable`] where IndexedDB is missing or refused, [`JournalError::Blocked`] and
    /// [`JournalError::Newer`] where another version of this page is in the way, [`JournalError::Lost`] where the
    /// mirror holds more and it cannot be written back.
    pub async fn open(workspace: &str, identity: Identity) -> Result<Self, JournalError> {
        Self::open_showing(workspace, identity, async |_: &EarlyLook| ()).await
    }

    /// Opens a workspace's journal, and has its snapshot looked at first: long before the whole of it was read, checked
    /// and unpacked. The rest waits until `show` is done, and gives it a moment to put what it saw on the page.
    ///
    /// What is shown is as of the snapshot, and nothing of it was checked yet: it is good for a first look, and not to
    /// act upon. The start may find afterwards that it cannot go on from there. Without a snapshot nothing is shown.
    ///
    /// # Errors
    ///
    /// As those of [`open`](Self::open).
    pub async fn open_showing(
        workspace: &str,
        identity: Identity,
        show: impl AsyncFnOnce(&EarlyLook),
    ) -> Result<Self, JournalError> {
        let show = async |_: &RareParts, database: &IdbDatabase, current: &[u8]| {
            if let Some(look) = EarlyLook::of(database, current) {
                show(&look).await;
            }
        };
        start::open(workspace, identity, async || Ok(RareParts::here()), show).await
    }

    /// Opens a workspace's journal in a program that is cut in parts: `load` gets those that few starts need, and
    /// `show` gets a glance at the newest tokens where there is a snapshot, at most so many.
    ///
    /// A start that goes on from a snapshot does without parts that cannot be had, and reads everything.
    ///
    /// # Errors
    ///
    /// As those of [`open`](Self::open), and [`JournalError::Failed`] with what `load` said where the second copy holds
    /// more than the database.
    pub async fn open_in_parts(
        workspace: &str,
        identity: Identity,
        load: impl AsyncFn() -> Result<RareParts, String>,
        (most, show): (usize, impl FnOnce(Glance)),
    ) -> Result<Self, JournalError> {
        let show = async |parts: &RareParts, database: &IdbDatabase, current: &[u8]| {
            if let Some(glance) = (parts.glance)(database, current, most).await {
                show(glance);
            }
        };
        start::open(workspace, identity, load, show).await
    }

    /// What was found wrong with the database when it was opened; the user must be told. What is found later comes as a
    /// [`JournalNotice::Warning`].
    #[must_use]
    pub fn start_warnings(&self) -> Vec<StartWarning> {
        self.shared.warnings.borrow().clone()
    }

    /// Calls back when something happens to the journal from outside, for as long as it lives.
    pub fn on_change(&self, listener: Box<dyn Fn(JournalNotice)>) {
        self.shared.notices.listen(listener);
    }

    /// The other tabs on the same workspace.
    #[must_use]
    pub fn tabs(&self) -> Option<&Tabs> {
        self.shared.tabs.get()
    }

    /// How the second copy stands.
    #[must_use]
    pub fn mirror_state(&self) -> MirrorState {
        self.shared.second_copy.state()
    }

    /// Packs old entries from now on: whenever enough of them have gathered and the page has come to rest.
    ///
    /// Where the journal went on from a snapshot, what lies before that is checked as well, once.
    pub fn compact_when_idle(&self) {
        super::idle::watch(&self.shared);
    }

    /// Packs old entries now: writes a snapshot of the present state, and moves what it was folded from into segments.
    ///
    /// Costs packing every token; others go on appending meanwhile. It dies with the page at any moment without harm.
    ///
    /// # Errors
    ///
    /// [`JournalError`] with the browser's reason; what was there still is.
    pub async fn compact_now(&self) -> Result<Compacted, JournalError> {
        self.compact_steps(u32::MAX).await
    }

    /// Does at most so many transactions of a compaction, for tests of what is left behind by a page that dies.
    ///
    /// # Errors
    ///
    /// [`JournalError`] with the browser's reason; what was there still is.
    pub async fn compact_steps(&self, most: u32) -> Result<Compacted, JournalError> {
        super::compact::compact(&self.shared, most).await
    }

    /// The second copy.
    pub(super) fn second_copy(&self) -> &SecondCopy {
        &self.shared.second_copy
    }

    /// Queues work and waits for its reply.
    pub(super) async fn ask<T>(&self, work: impl FnOnce(Reply<T>) -> Work) -> Result<T, JournalError> {
        let (reply, answer) = oneshot::channel();
        self.shared.enqueue(work(reply));
        answer.await.unwrap_or_else(|_| Err(JournalError::Closed { cause: "the journal was dropped".to_owned() }))
    }
}

impl Journal for IndexedDbJournal {
    async fn append(&self, decide: Decide) -> Result<Appended, JournalError> {
        self.ask(|reply| Work::Act(decide, reply, append_group)).await
    }

    async fn refresh(&self) -> Result<Refreshed, JournalError> {
        self.ask(|reply| Work::Refresh(Some(reply))).await
    }

    async fn records(&self) -> Result<Vec<StoredRecord>, JournalError> {
        self.ask(|reply| Work::turn(reply, async |shared: Rc<Shared>| shared.read_all().await)).await
    }

    async fn earlier(&self, before: u64, most: usize) -> Result<Vec<Entry>, JournalError> {
        self.ask(|reply| Work::turn(reply, async move |shared: Rc<Shared>| shared.earlier(before, most).await)).await
    }

    async fn reload(&self) -> Result<Refreshed, JournalError> {
        self.ask(|reply| Work::turn(reply, async |shared: Rc<Shared>| shared.reload().await)).await
    }

    fn read<R>(&self, read: impl FnOnce(&Ledger) -> R) -> R {
        read(&self.shared.ledger.borrow())
    }
}

fn append_group(shared: Rc<Shared>, acts: Vec<Decide>, replies: Vec<Reply<Appended>>) -> Boxed<'static, ()> {
    Box::pin(async move { shared.append_group(acts, replies).await })
}
