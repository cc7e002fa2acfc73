//! The journal in localStorage, for browsers that refuse IndexedDB. It promises less and says so.

use std::cell::{OnceCell, RefCell};
use std::rc::{Rc, Weak};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tollgate_tokens::{
    Appended, Decide, Epoch, Identity, Journal, JournalError, Ledger, Refreshed, ReplicaId, StoredRecord,
};
use web_sys::Storage;

use crate::cause::Cause;
use crate::entropy::OsEntropy;
use crate::locks;
use crate::notices::{JournalNotice, Notices};
use crate::preferences;
use crate::tabs::Tabs;
use crate::web_storage::{keys_after, local_storage};

/// The most tokens that this store takes.
pub const FALLBACK_TOKEN_LIMIT: usize = 20_000;

/// The most events that this store takes.
pub const FALLBACK_EVENT_LIMIT: u64 = 5_000;

/// What this store promises, for the bar that stays on the page while it is in use.
pub const FALLBACK_PROMISE: &str = "Kept in this tab. This browser may lose the last seconds if it is closed by force. \
                                    Export before you leave.";

/// Twelve digits keep the keys in the order of their numbers.
const KEY_DIGITS: usize = 12;

/// A journal under the localStorage keys `tollgate.journal.<workspace>.<number>`, one record each.
///
/// Writing one key is atomic, and every append holds a Web Lock and reads first what is new.
/// Browsers write localStorage out seconds later, so an acknowledgement here means "kept in this tab", not "durable";
/// [`FALLBACK_PROMISE`] says that to the user.
#[derive(Clone)]
pub struct LocalStorageJournal {
    shared: Rc<Shared>,
}

struct Shared {
    workspace: String,
    storage: Storage,
    ledger: RefCell<Ledger>,
    notices: Notices,
    tabs: OnceCell<Tabs>,
}

impl LocalStorageJournal {
    /// Opens a workspace's journal and reads it. Linear in its size.
    ///
    /// The replica id is changed in a fixed way, because the journal in IndexedDB uses the one that is handed in, and no
    /// two journals may name their events alike.
    ///
    /// # Errors
    ///
    /// [`JournalError::Unavailable`] where localStorage is missing or refused.
    pub fn open(workspace: &str, identity: Identity) -> Result<Self, JournalError> {
        let storage = local_storage().map_err(unavailable)?;
        let records = read_from(&storage, workspace, 0)?;
        let replica =
            preferences::known_replica(&fallback_of(workspace)).unwrap_or_else(|| replica_of(&records, identity));
        let identity = Identity { replica, epoch: identity.epoch };
        let shared = Rc::new(Shared {
            workspace: workspace.to_owned(),
            storage,
            ledger: RefCell::new(Ledger::load(identity, records)),
            notices: Notices::default(),
            tabs: OnceCell::new(),
        });
        let (hint, replacing) = (Rc::downgrade(&shared), Rc::downgrade(&shared));
        let tabs = Tabs::join(&fallback_of(workspace), Box::new(move |next| hinted(&hint, next)));
        tabs.on_replaced(Box::new(move || replaced(&replacing)));
        let _ = shared.tabs.set(tabs);
        Ok(Self { shared })
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

    /// Puts other records in the place of those that are there.
    ///
    /// This store has no transactions: should the tab be killed in the middle, the beginning of one of both is left.
    /// When it is done this page takes nothing more and must be loaded again, and so must the other tabs.
    ///
    /// # Errors
    ///
    /// [`JournalError`] with the real cause; then what was there was written back, as far as the browser let it.
    pub async fn replace(&self, records: Vec<StoredRecord>) -> Result<(), JournalError> {
        let _guard = locks::acquire(&lock_of(&self.shared.workspace)).await;
        self.shared.replace(&records)
    }
}

impl Journal for LocalStorageJournal {
    async fn append(&self, decide: Decide) -> Result<Appended, JournalError> {
        let _guard = locks::acquire(&lock_of(&self.shared.workspace)).await;
        self.shared.append(decide)
    }

    async fn refresh(&self) -> Result<Refreshed, JournalError> {
        self.shared.follow()
    }

    async fn records(&self) -> Result<Vec<StoredRecord>, JournalError> {
        read_from(&self.shared.storage, &self.shared.workspace, 0)
    }

    fn read<R>(&self, read: impl FnOnce(&Ledger) -> R) -> R {
        read(&self.shared.ledger.borrow())
    }
}

/// The records of a workspace's localStorage journal, to be shown and joined when IndexedDB is back.
///
/// # Errors
///
/// [`JournalError`] where localStorage cannot be read.
pub fn fallback_records(workspace: &str) -> Result<Vec<StoredRecord>, JournalError> {
    read_from(&local_storage().map_err(unavailable)?, workspace, 0)
}

/// Deletes a workspace's localStorage journal, once its tokens were joined or given up.
///
/// # Errors
///
/// [`JournalError`] where localStorage cannot be changed; some records may be gone then.
pub fn discard_fallback(workspace: &str) -> Result<(), JournalError> {
    let storage = local_storage().map_err(unavailable)?;
    remove_all(&storage, workspace)?;
    preferences::forget_replica(&fallback_of(workspace));
    Ok(())
}

impl Shared {
    /// Runs under the lock, without a pause.
    fn append(&self, decide: Decide) -> Result<Appended, JournalError> {
        self.follow()?;
        let ledger = self.ledger.borrow().clone();
        let Some(draft) = ledger.draft(&mut [decide])? else { return Ok(Appended::Nothing) };
        let record = draft.record.clone();
        let events = draft.events_per_act.first().copied().unwrap_or(0);
        let mut after = ledger.clone();
        after.commit(draft);
        check_limits(&ledger, &after)?;
        self.write(&record)?;
        let next = after.next_sequence();
        self.ledger.replace(after);
        if let Some(tabs) = self.tabs.get() {
            tabs.announce(next);
        }
        Ok(Appended::Record { sequence: record.sequence, events })
    }

    fn follow(&self) -> Result<Refreshed, JournalError> {
        let mut ledger = self.ledger.borrow().clone();
        let tail = read_from(&self.storage, &self.workspace, ledger.base_sequence())?;
        let found = format!("{} records from the newest known one on", tail.len());
        let news = ledger.follow(tail).map_err(|gone| JournalError::Lost { expected: gone.to_string(), found })?;
        self.ledger.replace(ledger);
        if news == Refreshed::Changed {
            self.notices.tell(&JournalNotice::News);
        }
        Ok(news)
    }

    /// Runs under the lock, without a pause.
    fn replace(&self, records: &[StoredRecord]) -> Result<(), JournalError> {
        if self.follow()? == Refreshed::Changed {
            let cause = "another tab wrote meanwhile: look again at what would change".to_owned();
            return Err(JournalError::Aborted { cause });
        }
        let nobody = Identity { replica: ReplicaId::from_bytes([0; 16]), epoch: Epoch::from_bytes([0; 16]) };
        check_limits(&Ledger::new(nobody), &Ledger::load(nobody, records.iter().cloned()))?;
        preferences::renew_replica(&fallback_of(&self.workspace), &OsEntropy)
            .map_err(|error| JournalError::Failed { cause: error.to_string() })?;
        let before = read_from(&self.storage, &self.workspace, 0)?;
        if let Err(error) = self.put(records) {
            // What does not come back cannot be helped: the user is told that the act failed.
            let _ = self.put(&before);
            return Err(error);
        }
        if let Some(tabs) = self.tabs.get() {
            tabs.tell_replaced();
        }
        Ok(())
    }

    fn put(&self, records: &[StoredRecord]) -> Result<(), JournalError> {
        remove_all(&self.storage, &self.workspace)?;
        records.iter().try_for_each(|record| self.write(record))
    }

    /// Writes one record and reads it back: some browsers drop a write without saying so.
    fn write(&self, record: &StoredRecord) -> Result<(), JournalError> {
        let key = key_of(&self.workspace, record.sequence);
        if self.item(&key)?.is_some() {
            return Err(JournalError::Aborted { cause: "another tab wrote at the same moment".to_owned() });
        }
        let text = STANDARD.encode(&record.bytes);
        self.storage.set_item(&key, &text).map_err(|thrown| failed(&Cause::of(&thrown)))?;
        if self.item(&key)?.as_deref() == Some(text.as_str()) {
            return Ok(());
        }
        Err(JournalError::Failed { cause: "localStorage did not keep what was written".to_owned() })
    }

    fn item(&self, key: &str) -> Result<Option<String>, JournalError> {
        self.storage.get_item(key).map_err(|thrown| failed(&Cause::of(&thrown)))
    }
}

/// Another tab says that there is news up to a number.
fn hinted(shared: &Weak<Shared>, next: u64) {
    let Some(shared) = shared.upgrade() else { return };
    let known = shared.ledger.borrow().next_sequence();
    if next > known {
        // Should this fail, the next append says why.
        let _ = shared.follow();
    }
}

/// Another tab put another history in the place of this one.
fn replaced(shared: &Weak<Shared>) {
    let Some(shared) = shared.upgrade() else { return };
    if shared.follow().is_err() {
        shared.notices.tell(&JournalNotice::Replaced);
    }
}

/// Removes every record, from the end backwards, so that what is left after a failure is still the beginning of a chain.
fn remove_all(storage: &Storage, workspace: &str) -> Result<(), JournalError> {
    for sequence in numbers(storage, workspace)?.into_iter().rev() {
        storage.remove_item(&key_of(workspace, sequence)).map_err(|thrown| failed(&Cause::of(&thrown)))?;
    }
    Ok(())
}

/// Refuses what makes the journal outgrow this store. What takes nothing more, such as nothing at all, still passes.
fn check_limits(before: &Ledger, after: &Ledger) -> Result<(), JournalError> {
    let events = after.next_sequence().saturating_sub(1);
    let tokens = after.workspace().token_count();
    let too_large = |limit: String, size: String| Err(JournalError::TooLarge { limit, size });
    if tokens > FALLBACK_TOKEN_LIMIT && tokens > before.workspace().token_count() {
        return too_large(format!("{FALLBACK_TOKEN_LIMIT} tokens"), format!("{tokens} tokens"));
    }
    if events > FALLBACK_EVENT_LIMIT {
        return too_large(format!("{FALLBACK_EVENT_LIMIT} events"), format!("{events} events"));
    }
    Ok(())
}

/// Every record from a number on, in order.
fn read_from(storage: &Storage, workspace: &str, from: u64) -> Result<Vec<StoredRecord>, JournalError> {
    let wanted = numbers(storage, workspace)?.into_iter().filter(|sequence| *sequence >= from);
    let mut records = Vec::new();
    for sequence in wanted {
        let text = storage.get_item(&key_of(workspace, sequence)).map_err(|thrown| failed(&Cause::of(&thrown)))?;
        // Text that is no base64 is kept as it lies there, and no check of the chain lets it pass.
        records.extend(text.map(|text| StoredRecord {
            sequence,
            bytes: STANDARD.decode(&text).unwrap_or_else(|_| text.into_bytes()),
        }));
    }
    Ok(records)
}

/// The numbers under which records lie, in order.
fn numbers(storage: &Storage, workspace: &str) -> Result<Vec<u64>, JournalError> {
    let keys = keys_after(storage, &prefix_of(workspace)).map_err(|cause| failed(&cause))?;
    let mut numbers: Vec<u64> = keys.iter().filter_map(|digits| number_of(digits)).collect();
    numbers.sort_unstable();
    Ok(numbers)
}

/// Only twelve digits are a number of ours: the keys of workspace `a.b` also begin like those of `a`.
fn number_of(digits: &str) -> Option<u64> {
    let ours = digits.len() == KEY_DIGITS && digits.bytes().all(|byte| byte.is_ascii_digit());
    ours.then(|| digits.parse().ok()).flatten()
}

/// What tabs and the replica id of this store go by, apart from those of the database.
fn fallback_of(workspace: &str) -> String {
    format!("{workspace}#localStorage")
}

fn lock_of(workspace: &str) -> String {
    format!("tollgate.journal.{workspace}")
}

fn prefix_of(workspace: &str) -> String {
    format!("tollgate.journal.{workspace}.")
}

fn key_of(workspace: &str, sequence: u64) -> String {
    format!("{}{sequence:0KEY_DIGITS$}", prefix_of(workspace))
}

/// The id of a fallback that was not replaced: that of its first event, or a new one for each that begins anew.
///
/// A fallback that was joined and removed leaves its events behind in the other journal; one that began again under
/// the same id would count from 1 again and be taken for what is there already.
fn replica_of(records: &[StoredRecord], identity: Identity) -> ReplicaId {
    let ledger = Ledger::load(identity, records.to_vec());
    let first = ledger.entries().next().map(|entry| entry.event.id.replica);
    // Without randomness no bit of the other journal's id is left as it was.
    let other = || ReplicaId::from_bytes(identity.replica.as_bytes().map(|byte| !byte));
    first.or_else(|| ReplicaId::draw(&OsEntropy).ok()).unwrap_or_else(other)
}

fn failed(cause: &Cause) -> JournalError {
    let text = cause.to_string();
    if cause.is_quota() { JournalError::Full { cause: text } } else { JournalError::Failed { cause: text } }
}

fn unavailable(cause: Cause) -> JournalError {
    JournalError::Unavailable { cause: cause.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_sort_like_their_numbers_and_are_read_back() {
        assert_eq!(key_of("main", 42), "tollgate.journal.main.000000000042");
        assert_eq!(number_of("000000000042"), Some(42));
        assert!(key_of("main", 99) < key_of("main", 100));
    }

    #[test]
    fn keys_of_another_workspace_are_not_ours() {
        for foreign in ["b.000000000001", "42", "00000000004x", "+00000000042", ""] {
            assert_eq!(number_of(foreign), None, "{foreign}");
        }
    }

    #[test]
    fn fallback_that_begins_anew_has_a_name_of_its_own() {
        let identity = tollgate_tokens::test_support::identity(7);
        let first = replica_of(&[], identity);
        assert_ne!(first, identity.replica);
        assert_ne!(first, replica_of(&[], identity), "each beginning is another journal");
    }

    #[test]
    fn fallback_that_goes_on_keeps_its_name() {
        let identity = tollgate_tokens::test_support::identity(7);
        let body = tollgate_tokens::EventBody::SiteAdded("acme".parse().unwrap());
        let event = tollgate_tokens::NewEvent::Here { at: tollgate_tokens::test_support::noon(), by: None, body };
        let mut acts: Vec<Decide> = vec![Box::new(move |_| vec![event.clone()])];
        let draft = Ledger::new(identity).draft(&mut acts).unwrap().unwrap();
        assert_eq!(replica_of(&[draft.record], identity), identity.replica);
    }
}
