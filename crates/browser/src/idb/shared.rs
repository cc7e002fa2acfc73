//! What the handles on one journal share: one queue in each tab, one transaction for each group.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use futures_channel::oneshot;
use tollgate_tokens::{
    Appended, Decide, Entry, FollowError, Identity, JournalError, Ledger, Refreshed, StoredRecord, entries_before,
};
use wasm_bindgen_futures::spawn_local;
use web_sys::IdbDatabase;

use super::append::{Acts, AppendFailure, Committed, append};
use super::connection::Connection;
use super::database::{open, transaction_failed};
use super::idle::Growth;
use super::outside::connect;
use super::rare::Boxed;
use super::records::read_from;
use super::second_copy::SecondCopy;
use super::stores::{read_earlier, read_everything};
use crate::compaction::{Tail, begins_late, catch_up};
use crate::notices::{JournalNotice, Notices};
use crate::open::StartWarning;
use crate::tabs::Tabs;
use crate::witness::WitnessKeeper;

/// So many acts share one record at most.
const GROUP_LIMIT: usize = 256;

pub(super) type Reply<T> = oneshot::Sender<Result<T, JournalError>>;

/// Work that runs alone in the queue of a tab. It brings its own program, so that a page which never does it need not
/// load it.
pub(super) type Turn = Box<dyn FnOnce(Rc<Shared>) -> Boxed<'static, ()>>;

/// What works a group of acts off, for the same reason a program that each act brings along.
pub(super) type Append = fn(Rc<Shared>, Vec<Decide>, Vec<Reply<Appended>>) -> Boxed<'static, ()>;

/// What waits in the queue. Everything goes through it, so that only one thing at a time moves the ledger.
pub(super) enum Work {
    Act(Decide, Reply<Appended>, Append),
    /// A hint of another tab waits for no reply.
    Refresh(Option<Reply<Refreshed>>),
    Turn(Turn),
}

impl Work {
    /// Work that answers, done by a program of its own.
    pub(super) fn turn<T: 'static, F: Future<Output = Result<T, JournalError>> + 'static>(
        reply: Reply<T>,
        program: impl FnOnce(Rc<Shared>) -> F + 'static,
    ) -> Self {
        Self::Turn(Box::new(move |shared| {
            Box::pin(async move {
                // Nobody waits any more where the page is on its way out.
                let _ = reply.send(program(shared).await);
            })
        }))
    }
}

/// Where a connection reports to, once the journal is there.
pub(super) type Home = Rc<OnceCell<Weak<Shared>>>;

pub(super) struct Shared {
    pub(super) workspace: String,
    pub(super) identity: Cell<Identity>,
    pub(super) home: Home,
    pub(super) ledger: RefCell<Ledger>,
    pub(super) connection: RefCell<Option<Connection>>,
    pub(super) queue: RefCell<VecDeque<Work>>,
    pub(super) working: Cell<bool>,
    /// Whether nobody else wrote when this page last did, so that it need not read before it decides.
    pub(super) is_alone: Cell<bool>,
    /// Set when the store holds another history than this page: from then on nothing is appended.
    pub(super) lost: RefCell<Option<JournalError>>,
    pub(super) notices: Rc<Notices>,
    pub(super) second_copy: SecondCopy,
    pub(super) warnings: RefCell<Vec<StartWarning>>,
    pub(super) witness: WitnessKeeper,
    pub(super) tabs: OnceCell<Tabs>,
    pub(super) growth: Growth,
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
                Some(Work::Act(decide, reply, append)) => {
                    let (acts, replies) = self.group_with(decide, reply);
                    append(Rc::clone(&self), acts, replies).await;
                }
                Some(Work::Refresh(reply)) => {
                    let result = self.follow().await;
                    let _ = reply.map(|reply| reply.send(result));
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
            if let Some(Work::Act(decide, reply, _)) = queue.pop_front() {
                acts.push(decide);
                replies.push(reply);
            }
        }
        (acts, replies)
    }

    pub(super) async fn append_group(self: &Rc<Self>, acts: Vec<Decide>, replies: Vec<Reply<Appended>>) {
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
    async fn acknowledge(&self, committed: Committed) -> (Option<u64>, Vec<u32>) {
        let Committed { ledger, news, fresh, record, events_per_act, sent } = committed;
        let sequence = record.as_ref().map(|record| record.sequence);
        let grown = Tail::of(fresh.iter().chain(&record));
        self.second_copy.arrived(sent).await;
        if sequence.is_some() {
            self.witness.note(&ledger);
            if let Some(tabs) = self.tabs.get() {
                tabs.announce(ledger.next_sequence());
            }
        }
        self.ledger.replace(ledger);
        self.growth.add(grown);
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
        Ok(append(self, &database, acts).await)
    }

    /// Takes in what other tabs wrote.
    async fn follow(self: &Rc<Self>) -> Result<Refreshed, JournalError> {
        self.check_not_lost()?;
        let mut ledger = self.ledger.borrow().clone();
        let base = ledger.base_sequence();
        let tail = self.read_tail(base).await?;
        let fresh = self.second_copy.unannounced(&tail, base);
        let grown = Tail::of(tail.iter().filter(|record| record.sequence > base));
        let followed =
            if begins_late(&ledger, &tail) { Err(FollowError::BaseGone { sequence: 1 }) } else { ledger.follow(tail) };
        match followed {
            Ok(news) => {
                self.second_copy.keep(&fresh).await;
                self.ledger.replace(ledger);
                self.growth.add(grown);
                self.tell_news(news);
                Ok(news)
            }
            Err(gone) => {
                self.start_again(&gone).await?;
                Ok(Refreshed::Changed)
            }
        }
    }

    /// Reads the journal from a number on, on a fresh connection if the old one is not usable any more.
    pub(super) async fn read_tail(self: &Rc<Self>, from: u64) -> Result<Vec<StoredRecord>, JournalError> {
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

    /// Reads every record, old ones included, on a fresh connection if the old one is not usable any more.
    pub(super) async fn read_all(self: &Rc<Self>) -> Result<Vec<StoredRecord>, JournalError> {
        let database = self.database().await?;
        let read = match read_everything(&database).await {
            Err(cause) if cause.is_invalid_state() => {
                self.disconnect();
                let database = self.database().await?;
                read_everything(&database).await
            }
            read => read,
        };
        read.map(|everything| everything.records()).map_err(|cause| transaction_failed(&cause))
    }

    /// Reads events that lie before a number, from as few segments as hold enough of them.
    pub(super) async fn earlier(self: &Rc<Self>, before: u64, most: usize) -> Result<Vec<Entry>, JournalError> {
        let database = self.database().await?;
        let mut events = most as u64;
        loop {
            let read = read_earlier(&database, before, events).await.map_err(|cause| transaction_failed(&cause))?;
            let found = entries_before(&read.records, before, most);
            if found.len() >= most || read.is_all {
                return Ok(found);
            }
            // Some of what was read is damaged, so that there were fewer events in it than numbers.
            events = events.saturating_mul(4).max(1);
        }
    }

    /// Reads everything again from the first record on: whatever is damaged is known afterwards.
    pub(super) async fn reload(self: &Rc<Self>) -> Result<Refreshed, JournalError> {
        let records = self.read_all().await?;
        self.take_over(self.identity.get(), records)?;
        Ok(Refreshed::Changed)
    }

    /// Puts the whole chain in the place of what this page has of it.
    pub(super) fn take_over(&self, identity: Identity, records: Vec<StoredRecord>) -> Result<(), JournalError> {
        let found = records.len();
        let reloaded = self.ledger.borrow().reloaded(identity, records);
        let ledger = reloaded.map_err(|gone| self.lose(&gone, found))?;
        self.ledger.replace(ledger);
        self.notices.tell(&JournalNotice::News);
        Ok(())
    }

    /// Runs start-up again: looks for the record that this page stands on among everything that is stored.
    ///
    /// INVARIANT: a page never goes on from a history that does not contain what it acknowledged.
    async fn start_again(self: &Rc<Self>, gone: &FollowError) -> Result<(), JournalError> {
        self.disconnect();
        let records = self.read_all().await?;
        let found = records.len();
        let caught_up = catch_up(&self.ledger.borrow(), self.identity.get(), records);
        let Ok(ledger) = caught_up else { return Err(self.lose(gone, found)) };
        self.ledger.replace(ledger);
        self.notices.tell(&JournalNotice::News);
        Ok(())
    }

    /// Gives up: what lies in the store is not what this page acknowledged.
    fn lose(&self, gone: &FollowError, found: usize) -> JournalError {
        let expected = format!("{} events", self.ledger.borrow().next_sequence().saturating_sub(1));
        let lost = JournalError::Lost { expected, found: format!("{found} records") };
        self.lost.replace(Some(lost.clone()));
        let closed = JournalNotice::Closed { cause: gone.to_string() };
        self.notices.tell(if found == 0 { &closed } else { &JournalNotice::Replaced });
        lost
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
