//! Opening a workspace's journal: from its snapshot where there is one, else from its first record on.

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use tollgate_tokens::{Identity, JournalError, Ledger, StoredRecord, entries_before};
use web_sys::IdbDatabase;

use super::connection::Connection;
use super::database::{self, transaction_failed};
use super::idle::Growth;
use super::journal::IndexedDbJournal;
use super::outside::{connect, join_tabs};
use super::rare::{RareParts, WriteBack};
use super::recover::{Recovered, nothing_missing};
use super::second_copy::SecondCopy;
use super::settle::MirrorOpening;
use super::shared::{Home, Shared, Work};
use super::stores::{read_current, read_earlier, read_everything, read_picture};
use super::unpack::unpack_newest;
use crate::compaction::{KnownEnd, Picture, Resumable, Tail};
use crate::mirror::Mirror;
use crate::notices::Notices;
use crate::open::StartWarning;
use crate::witness::{self, Witness, WitnessKeeper};

/// What is open before anything was made of it.
pub(super) struct Opening<'w> {
    workspace: &'w str,
    identity: Identity,
    home: Home,
    database: IdbDatabase,
    connection: Connection,
    witness: Option<Witness>,
}

/// What a start made of what lies in the stores.
struct Started {
    ledger: Ledger,
    identity: Identity,
    growth: Growth,
    warnings: Vec<StartWarning>,
}

/// Opens a journal. `load` gets the parts that few starts need, and `show` what there is to be shown early.
pub(super) async fn open(
    workspace: &str,
    identity: Identity,
    load: impl AsyncFn() -> Result<RareParts, String>,
    show: impl AsyncFnOnce(&RareParts, &IdbDatabase, &[u8]),
) -> Result<IndexedDbJournal, JournalError> {
    let witness = witness::read(workspace);
    let home = Home::default();
    let database = database::open(workspace).await?;
    let connection = connect(database.clone(), &home);
    let opening = Opening { workspace, identity, home, database, connection, witness };
    show_early(&opening.database, &load, show).await;
    // Its worker starts while the rest is read, and not before: it reads as much as the whole journal.
    let mirror = Mirror::open(workspace);
    let mut picture = read_picture(&opening.database).await.map_err(|cause| transaction_failed(&cause))?;
    if let Some(found) = picture.resumable()
        // Without the parts everything is read, which takes longer and comes to the same.
        && let Ok(parts) = load().await
        && let Some(ledger) = (parts.resume)(&opening, &found).await
    {
        let growth = Growth::new(found.tail(), picture.current);
        let shared = opening.shared(Started { ledger, identity, growth, warnings: Vec::new() });
        // Nobody waits for the mirror but the first act: what is shown lies in the database.
        let mirror: MirrorOpening = Box::pin(mirror);
        shared.enqueue(Work::Turn(Box::new(move |shared| (parts.settle)(shared, mirror))));
        return Ok(IndexedDbJournal { shared });
    }
    let (mirror, mirrored) = mirror.await;
    let recovered = {
        let records = all_records(&opening.database, &mut picture).await?;
        match nothing_missing(records, &mirror, &mirrored) {
            Ok(recovered) => recovered,
            Err(records) => {
                let parts = load().await.map_err(|cause| JournalError::Failed { cause })?;
                let (database, witness) = (&opening.database, opening.witness.as_ref());
                (parts.recover)(WriteBack { database, records, mirror: &mirror, mirrored: &mirrored, witness }).await?
            }
        }
    };
    if picture.segments > 0 && picture.journal.is_empty() {
        // Should this fail, the first act says so: it does not find the record that it follows.
        let _ = unpack_newest(&opening.database).await;
    }
    let known = known_end(&opening.database, picture.current.as_deref()).await;
    let (started, unmirrored) = replay(&opening, recovered, picture.current, known);
    let shared = opening.shared(started);
    shared.second_copy.open(mirror);
    shared.complete_mirror(unmirrored);
    Ok(IndexedDbJournal { shared })
}

/// Shows something of the snapshot, where one counts. Nothing is decided by that: the start reads all of it for itself,
/// in one transaction, whatever another tab does in between.
async fn show_early(
    database: &IdbDatabase,
    load: &impl AsyncFn() -> Result<RareParts, String>,
    show: impl AsyncFnOnce(&RareParts, &IdbDatabase, &[u8]),
) {
    if let Ok(Some(current)) = read_current(database).await
        && let Ok(parts) = load().await
    {
        show(&parts, database, current.as_slice()).await;
        // Whoever was shown something puts it on the page now.
        TimeoutFuture::new(0).await;
    }
}

/// Goes on from a snapshot; `None` when it is of no use.
pub(super) async fn resume(opening: &Opening<'_>, found: &Resumable) -> Option<Ledger> {
    let ledger = found.ledger(opening.identity)?;
    let agrees = match &opening.witness {
        None => true,
        Some(witness) if witness.next > ledger.first_sequence() => witness::compare(witness, &ledger).is_none(),
        Some(witness) => saw_earlier(&opening.database, witness, &ledger).await,
    };
    agrees.then_some(ledger)
}

/// Whether a witness of what lies before the snapshot saw this history.
async fn saw_earlier(database: &IdbDatabase, witness: &Witness, ledger: &Ledger) -> bool {
    let Ok(read) = read_earlier(database, witness.next, 1).await else { return false };
    let found = entries_before(&read.records, witness.next, 1);
    found.last().is_some_and(|entry| witness::is_end(witness, ledger, entry))
}

/// Every record: those that were read already, if there are no others.
async fn all_records(database: &IdbDatabase, picture: &mut Picture) -> Result<Vec<StoredRecord>, JournalError> {
    if picture.segments == 0 {
        return Ok(std::mem::take(&mut picture.journal));
    }
    let everything = read_everything(database).await.map_err(|cause| transaction_failed(&cause))?;
    Ok(everything.records())
}

/// The end of the journal that the snapshot knows, after the journal was read. `None` if another snapshot counts by now,
/// or none, because another tab put another history here meanwhile.
async fn known_end(database: &IdbDatabase, current: Option<&[u8]>) -> Option<KnownEnd> {
    let known = KnownEnd::of(current?)?;
    let counts_still = read_current(database).await.is_ok_and(|now| now.as_deref() == current);
    counts_still.then_some(known)
}

/// Folds everything from the first record on, and says what the mirror still lacks.
fn replay(
    opening: &Opening<'_>,
    recovered: Recovered,
    current: Option<Vec<u8>>,
    known: Option<KnownEnd>,
) -> (Started, Vec<StoredRecord>) {
    let Recovered { records, restored, apart, unmirrored } = recovered;
    let mut identity = opening.identity;
    let mut ledger = Ledger::load(identity, records.iter().cloned());
    let witness = opening.witness.as_ref();
    let mut warnings: Vec<_> = witness.and_then(|witness| witness::compare(witness, &ledger)).into_iter().collect();
    // All of it lies behind what the next start could go on from.
    let mut tail = Tail::of(&records);
    if let Some(missed) = known.and_then(|known| known.compare(&ledger)) {
        warnings.push(missed);
        // What the snapshot knows is told until something is written, as what the witness saw is.
        tail = tail.and(Tail::NEARLY_DUE);
    }
    let growth = Growth::new(tail, current);
    warnings.extend(restored);
    if !warnings.is_empty() {
        identity = witness::renewed(opening.workspace, identity);
        ledger = Ledger::load(identity, records);
    }
    warnings.extend(apart);
    (Started { ledger, identity, growth, warnings }, unmirrored)
}

impl Opening<'_> {
    /// Lets the journal hear of its connection and of other tabs.
    fn shared(self, started: Started) -> Rc<Shared> {
        let Started { ledger, identity, growth, warnings } = started;
        let notices: Rc<Notices> = Rc::default();
        let second_copy = SecondCopy::new(Rc::clone(&notices), ledger.next_sequence());
        let shared = Rc::new(Shared {
            workspace: self.workspace.to_owned(),
            identity: Cell::new(identity),
            home: self.home,
            ledger: RefCell::new(ledger),
            connection: RefCell::new(Some(self.connection)),
            queue: RefCell::default(),
            working: Cell::new(false),
            is_alone: Cell::new(true),
            lost: RefCell::new(None),
            notices,
            second_copy,
            warnings: RefCell::new(warnings),
            witness: WitnessKeeper::new(self.workspace),
            tabs: OnceCell::new(),
            growth,
        });
        let _ = shared.home.set(Rc::downgrade(&shared));
        let _ = shared.tabs.set(join_tabs(&shared));
        shared
    }
}
