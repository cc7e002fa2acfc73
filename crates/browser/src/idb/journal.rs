//! The journal on IndexedDB: one queue in each tab, one transaction for each group.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use futures_channel::oneshot;
use tollgate_tokens::{
    Appended, Decide, FollowError, Identity, Journal, JournalError, Ledger, Refreshed, StoredRecord,
};
use wasm_bindgen_futures::spawn_local;
use web_sys::IdbDatabase;

use super::append::{Acts, AppendFailure, Committed, append};
use super::connection::Connection;
use super::database::{open, transaction_failed};
use super::fill::fill;
use super::outside::{connect, join_tabs};
use super::records::read_from;
use super::recover::{Recovered, recover};
use super::replace::Turn;
use super::second_copy::SecondCopy;
use crate::mirror::{Mirror, MirrorState};
use crate::notices::{JournalNotice, Notices};
use crate::open::StartWarning;
use crate::tabs::Tabs;
use crate::witness::{self, WitnessKeeper};

/// So many acts share one record at most.
const GROUP_LIMIT: usize = 256;

/// A journal in the IndexedDB database `tollgate/<workspace>`.
///
/// An act is acknowledged when its transaction is complete under strict durability and its record is flushed to the
/// mirror, where there is one. While one transaction runs, acts wait in a queue, and the next one takes the whole queue
/// as one record. A clone is another handle on the same queue.
#[derive(Clone)]
pub struct IndexedDbJournal {
    shared: Rc<Shared>,
}

pub(super) type Reply<T> = oneshot::Sender<Result<T, JournalError>>;

/// What waits in the queue. Everything goes through it, so that only one thing at a time moves the ledger.
pub(super) enum Work {
    Act(Decide, Reply<Appended>),
    /// A hint of another tab waits for no reply.
    Refresh(Option<Reply<Refreshed>>),
    Records(Reply<Vec<StoredRecord>>),
    /// Something rare, which brings its own program.
    Turn(Turn),
}

/// Where a connection reports to, once the journal is there.
pub(super) type Home = Rc<OnceCell<Weak<Shared>>>;

pub(super) struct Shared {
    pub(super) workspace: String,
    home: Home,
    pub(super) ledger: RefCell<Ledger>,
    connection: RefCell<Option<Connection>>,
    queue: RefCell<VecDeque<Work>>,
    working: Cell<bool>,
    /// Set when the store holds another history than this page: from then on nothing is appended.
    pub(super) lost: RefCell<Option<JournalError>>,
    pub(super) notices: Rc<Notices>,
    pub(super) second_copy: SecondCopy,
    warnings: Vec<StartWarning>,
    pub(super) witness: WitnessKeeper,
    pub(super) tabs: OnceCell<Tabs>,
}

impl IndexedDbJournal {
    /// Opens a workspace's journal and reads it.
    ///
    /// What the mirror holds and the database lacks is written back first. Where that was needed, or where the witness
    /// in localStorage remembers more than the database holds, [`start_warnings`](Self::start_warnings) says so, and
    /// the replica id is changed, so that no event id is ever used twice.
    /// Linear in the size of the journal.
    ///
    /// # Errors
    ///
    /// [`JournalError::Unavailable`] where IndexedDB is missing or refused, [`JournalError::Blocked`] and
    /// [`JournalError::Closed`] where another version of this page is in the way, [`JournalError::Lost`] where the
    /// mirror holds more and it cannot be written back.
    pub async fn open(workspace: &str, identity: Identity) -> Result<Self, JournalError> {
        // Its worker starts while the database is read.
        let mirror = Mirror::open(workspace);
        let witness = witness::read(workspace);
        let home = Home::default();
        let database = open(workspace).await?;
        let connection = connect(database.clone(), &home);
        let records = read_from(&database, 0).await.map_err(|cause| transaction_failed(&cause))?;
        let (mirror, mirrored) = mirror.await;
        let recovered = recover(&database, records, &mirror, &mirrored, witness.as_ref()).await?;
        let Recovered { records, restored, apart, unmirrored } = recovered;

        let mut ledger = Ledger::load(identity, records.iter().cloned());
        let mut warnings: Vec<_> = witness.iter().filter_map(|witness| witness::compare(witness, &ledger)).collect();
        warnings.extend(restored);
        if !warnings.is_empty() {
            ledger = Ledger::load(witness::renewed(workspace, identity), records);
        }
        warnings.extend(apart);
        let notices: Rc<Notices> = Rc::default();
        let second_copy = SecondCopy::new(mirror, Rc::clone(&notices), ledger.next_sequence());
        let shared = Rc::new(Shared {
            workspace: workspace.to_owned(),
            home,
            ledger: RefCell::new(ledger),
            connection: RefCell::new(Some(connection)),
            queue: RefCell::default(),
            working: Cell::new(false),
            lost: RefCell::new(None),
            notices,
            second_copy,
            warnings,
            witness: WitnessKeeper::new(workspace),
            tabs: OnceCell::new(),
        });
        Ok(Self::joined(shared, unmirrored))
    }

    /// Lets the journal hear of its connection and of other tabs, and completes the mirror.
    fn joined(shared: Rc<Shared>, unmirrored: Vec<StoredRecord>) -> Self {
        let _ = shared.home.set(Rc::downgrade(&shared));
        let _ = shared.tabs.set(join_tabs(&shared));
        let journal = Self { shared };
        if !unmirrored.is_empty() {
            let lock = format!("tollgate/{}/mirror-fill", journal.shared.workspace);
            spawn_local(fill(journal.clone(), lock, unmirrored));
        }
        journal
    }

    /// What was found wrong with the database when it was opened; the user must be told.
    #[must_use]
    pub fn start_warnings(&self) -> &[StartWarning] {
        &self.shared.warnings
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
        self.shared.second_copy.mirror().state()
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
        self.ask(|reply| Work::Act(decide, reply)).await
    }

    async fn refresh(&self) -> Result<Refreshed, JournalError> {
        self.ask(|reply| Work::Refresh(Some(reply))).await
    }

    async fn records(&self) -> Result<Vec<StoredRecord>, JournalError> {
        self.ask(Work::Records).await
    }

    fn read<R>(&self, read: impl FnOnce(&Ledger) -> R) -> R {
        read(&self.shared.ledger.borrow())
    }
}

impl Shared {
    pub(super) fn enqueue(self: &Rc<Self>, work: Work) {
        self.queue.borrow_mut().push_back(work);
        if !self.working.replace(true) {
            let shared = Rc::clone(self);
            spawn_local(async move { shared.work_off().await });
        }
    }

    async fn work_off(self: Rc<Self>) {
        loop {
            let work = self.queue.borrow_mut().pop_front();
            match work {
                None => break,
                Some(Work::Act(decide, reply)) => {
                    let (acts, replies) = self.group_with(decide, reply);
                    self.append_group(acts, replies).await;
                }
                Some(Work::Refresh(reply)) => {
                    let result = self.follow().await;
                    let _ = reply.map(|reply| reply.send(result));
                }
                Some(Work::Records(reply)) => {
                    let _ = reply.send(self.read_again(0).await);
                }
                Some(Work::Turn(turn)) => turn(Rc::clone(&self)).await,
            }
        }
        self.working.set(false);
    }

    /// Takes every act that waits behind the first one.
    fn group_with(&self, decide: Decide, reply: Reply<Appended>) -> (Vec<Decide>, Vec<Reply<Appended>>) {
        let (mut acts, mut replies) = (vec![decide], vec![reply]);
        let mut queue = self.queue.borrow_mut();
        while acts.len() < GROUP_LIMIT && matches!(queue.front(), Some(Work::Act(..))) {
            if let Some(Work::Act(decide, reply)) = queue.pop_front() {
                acts.push(decide);
                replies.push(reply);
            }
        }
        (acts, replies)
    }

    async fn append_group(self: &Rc<Self>, acts: Vec<Decide>, replies: Vec<Reply<Appended>>) {
        let acts: Acts = Rc::new(RefCell::new(acts));
        let (sequence, counts) = match self.append_durably(&acts).await {
            Ok(committed) => self.acknowledge(committed).await,
            Err(error) => {
                for reply in replies {
                    let _ = reply.send(Err(error.clone()));
                }
                return;
            }
        };
        let mut counts = counts.into_iter();
        for reply in replies {
            let appended = match (sequence, counts.next()) {
                (Some(sequence), Some(events @ 1..)) => Appended::Record { sequence, events },
                _ => Appended::Nothing,
            };
            let _ = reply.send(Ok(appended));
        }
    }

    /// Shows what is durable now, once the mirror has it as well, and tells the other tabs.
    ///
    /// Only what is complete is mirrored: a record whose transaction was aborted must never be restored.
    async fn acknowledge(&self, committed: Committed) -> (Option<u64>, Vec<u32>) {
        let Committed { ledger, news, fresh, record, events_per_act } = committed;
        let sequence = record.as_ref().map(|record| record.sequence);
        let mut records = self.second_copy.unannounced(&fresh, 0);
        records.extend(record);
        self.second_copy.keep(&records).await;
        if sequence.is_some() {
            self.witness.note(&ledger);
            if let Some(tabs) = self.tabs.get() {
                tabs.announce(ledger.next_sequence());
            }
        }
        self.ledger.replace(ledger);
        self.tell_news(news);
        (sequence, events_per_act)
    }

    /// Appends; where the store moved under this page, starts again once and retries.
    async fn append_durably(self: &Rc<Self>, acts: &Acts) -> Result<Committed, JournalError> {
        self.check_not_lost()?;
        match self.append_once(acts).await? {
            Ok(committed) => return Ok(committed),
            Err(AppendFailure::BaseGone(gone)) => self.start_again(&gone).await?,
            Err(AppendFailure::Storage(cause)) if cause.is_invalid_state() => self.disconnect(),
            Err(failure) => return Err(failure.into()),
        }
        Ok(self.append_once(acts).await??)
    }

    async fn append_once(self: &Rc<Self>, acts: &Acts) -> Result<Result<Committed, AppendFailure>, JournalError> {
        let database = self.database().await?;
        let ledger = self.ledger.borrow().clone();
        Ok(append(&database, ledger, acts).await)
    }

    /// Takes in what other tabs wrote.
    async fn follow(self: &Rc<Self>) -> Result<Refreshed, JournalError> {
        self.check_not_lost()?;
        let mut ledger = self.ledger.borrow().clone();
        let base = ledger.base_sequence();
        let tail = self.read_again(base).await?;
        let fresh = self.second_copy.unannounced(&tail, base);
        match ledger.follow(tail) {
            Ok(news) => {
                self.second_copy.keep(&fresh).await;
                self.ledger.replace(ledger);
                self.tell_news(news);
                Ok(news)
            }
            Err(gone) => {
                self.start_again(&gone).await?;
                Ok(Refreshed::Changed)
            }
        }
    }

    /// Reads records, on a fresh connection if the old one is not usable any more.
    async fn read_again(self: &Rc<Self>, from: u64) -> Result<Vec<StoredRecord>, JournalError> {
        let database = self.database().await?;
        let read = match read_from(&database, from).await {
            Err(cause) if cause.is_invalid_state() => {
                self.disconnect();
                let database = self.database().await?;
                read_from(&database, from).await
            }
            read => read,
        };
        read.map_err(|cause| transaction_failed(&cause))
    }

    /// Runs start-up again: looks for the record that this page stands on among everything that is stored.
    ///
    /// INVARIANT: a page never goes on from a history that does not contain what it acknowledged.
    async fn start_again(self: &Rc<Self>, gone: &FollowError) -> Result<(), JournalError> {
        self.disconnect();
        let records = self.read_again(0).await?;
        let is_replaced = !records.is_empty();
        let found = format!("{} records", records.len());
        let mut ledger = self.ledger.borrow().clone();
        let base = ledger.base_sequence();
        let tail = records.into_iter().skip_while(|record| record.sequence < base).collect();
        if ledger.follow(tail).is_ok() {
            self.ledger.replace(ledger);
            self.notices.tell(&JournalNotice::News);
            return Ok(());
        }
        let expected = format!("{} events", ledger.next_sequence().saturating_sub(1));
        let lost = JournalError::Lost { expected, found };
        self.lost.replace(Some(lost.clone()));
        let closed = JournalNotice::Closed { cause: gone.to_string() };
        let notice = if is_replaced { JournalNotice::Replaced } else { closed };
        self.notices.tell(&notice);
        Err(lost)
    }

    pub(super) fn check_not_lost(&self) -> Result<(), JournalError> {
        self.lost.borrow().clone().map_or(Ok(()), Err)
    }

    fn tell_news(&self, news: Refreshed) {
        if news == Refreshed::Changed {
            self.notices.tell(&JournalNotice::News);
        }
    }

    /// The open database, opened again if the browser closed it.
    pub(super) async fn database(self: &Rc<Self>) -> Result<IdbDatabase, JournalError> {
        let good = self.connection.borrow().as_ref().and_then(Connection::database);
        if let Some(database) = good {
            return Ok(database);
        }
        self.disconnect();
        let database = open(&self.workspace).await?;
        self.connection.replace(Some(connect(database.clone(), &self.home)));
        Ok(database)
    }

    fn disconnect(&self) {
        // Dropped after the borrow: a connection closes itself on its way out.
        let old = self.connection.borrow_mut().take();
        drop(old);
    }
}
