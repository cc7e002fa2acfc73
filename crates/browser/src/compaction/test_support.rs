//! The four stores in memory, each method a transaction, and tabs that write to them as the journal on IndexedDB does.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use tollgate_tokens::test_support::{CountingEntropy, SteadyClock, identity, noon};
use tollgate_tokens::{
    Appended, Decide, Entry, GeneratorRegistry, Identity, Journal, JournalError, Ledger, Manager, Refreshed, Segment,
    StoredRecord, entries_before,
};

use super::{
    Compacted, Compaction, Everything, Found, KnownEnd, Outcome, PORTION_RECORDS, Picture, Step, StoredChunk,
    as_stored, begins_late, catch_up, portion,
};
use crate::open::StartWarning;

/// The stores. A clone is another handle on the same.
#[derive(Clone, Default)]
pub(super) struct Stores(Rc<RefCell<Contents>>);

#[derive(Default)]
pub(super) struct Contents {
    pub(super) journal: BTreeMap<u64, Vec<u8>>,
    pub(super) segment: BTreeMap<u64, Vec<u8>>,
    pub(super) chunk: BTreeMap<(u64, u64), Vec<u8>>,
    pub(super) current: Option<Vec<u8>>,
}

impl Stores {
    /// Looks at what lies there, or changes it behind everybody's back.
    pub(super) fn touch<R>(&self, touch: impl FnOnce(&mut Contents) -> R) -> R {
        touch(&mut self.0.borrow_mut())
    }

    pub(super) fn picture(&self) -> Picture {
        let contents = self.0.borrow();
        let chunk = |(key, bytes): (&(u64, u64), &Vec<u8>)| StoredChunk { generation: key.0, bytes: bytes.clone() };
        Picture {
            current: contents.current.clone(),
            chunks: contents.chunk.iter().map(chunk).collect(),
            segments: contents.segment.len() as u32,
            journal: records(&contents.journal, 0),
        }
    }

    pub(super) fn everything(&self) -> Everything {
        let contents = self.0.borrow();
        let segment = |(key, bytes): (&u64, &Vec<u8>)| Segment { sequence: *key, bytes: bytes.clone() };
        Everything { segments: contents.segment.iter().map(segment).collect(), journal: records(&contents.journal, 0) }
    }

    /// The ledger of a start: it goes on from the snapshot, or reads everything.
    pub(super) fn start(&self, identity: Identity) -> Ledger {
        let resumed = self.picture().resumable().and_then(|found| found.ledger(identity));
        resumed.unwrap_or_else(|| Ledger::load(identity, self.everything().records()))
    }

    /// What a start says of the end that the snapshot knows.
    pub(super) fn told(&self) -> Option<StartWarning> {
        let mut picture = self.picture();
        if picture.resumable().and_then(|found| found.ledger(identity(1))).is_some() {
            return None;
        }
        let ledger = Ledger::load(identity(1), self.everything().records());
        KnownEnd::of(picture.current.as_deref()?)?.compare(&ledger)
    }

    /// Begins a compaction as a page does that has this ledger.
    pub(super) fn begin(&self, identity: Identity, ledger: &Ledger) -> Option<Compaction> {
        let picture = self.picture();
        let highest = picture.chunks.iter().map(|chunk| chunk.generation).max().unwrap_or(0);
        let found = Found { current: picture.current, highest };
        let ledger = match as_stored(ledger, &picture.journal) {
            Some(ledger) => ledger,
            None => ledger.reloaded(identity, self.everything().records()).ok()?,
        };
        Compaction::new(found, &ledger)
    }

    /// Carries a step out.
    pub(super) fn run(&self, step: Step) -> Outcome {
        let mut contents = self.0.borrow_mut();
        let counts = |generation: u64| contents.chunk.keys().filter(|key| key.0 == generation).count() as u64;
        let counted = if let Step::Flip { generation, .. } = &step { counts(*generation) } else { 0 };
        if !step.may_be_done(contents.current.as_deref(), counted) {
            return Outcome::Nothing;
        }
        match step {
            Step::Clear { from, .. } => contents.chunk.retain(|key, _| key.0 < from),
            Step::Write { generation, index, bytes, .. } => {
                if contents.chunk.contains_key(&(generation, index)) {
                    return Outcome::Nothing;
                }
                contents.chunk.insert((generation, index), bytes);
            }
            Step::Flip { new, .. } => contents.current = Some(new),
            Step::Sweep { below } => contents.chunk.retain(|key, _| key.0 >= below),
            Step::Repack { head } => {
                let below = records_below(&contents.journal, head.sequence);
                let anchor = contents.journal.get(&head.sequence).map(Vec::as_slice);
                let Some(portion) = portion(&below, anchor, &head) else { return Outcome::Nothing };
                assert!(contents.segment.insert(portion.segment.sequence, portion.segment.bytes).is_none());
                contents.journal.retain(|key, _| *key > portion.last);
                return Outcome::Moved(portion.records);
            }
        }
        Outcome::Done
    }

    /// Runs at most so many steps, as if the tab died then.
    pub(super) fn compact(&self, identity: Identity, ledger: &Ledger, most: usize) -> Compacted {
        let Some(mut compaction) = self.begin(identity, ledger) else { return Compacted::Nothing };
        for _ in 0..most {
            let Some(step) = compaction.step() else { break };
            let outcome = self.run(step);
            compaction.advance(outcome);
        }
        compaction.compacted()
    }
}

fn records(journal: &BTreeMap<u64, Vec<u8>>, from: u64) -> Vec<StoredRecord> {
    let record = |(sequence, bytes): (&u64, &Vec<u8>)| StoredRecord { sequence: *sequence, bytes: bytes.clone() };
    journal.range(from..).map(record).collect()
}

fn records_below(journal: &BTreeMap<u64, Vec<u8>>, head: u64) -> Vec<StoredRecord> {
    let record = |(sequence, bytes): (&u64, &Vec<u8>)| StoredRecord { sequence: *sequence, bytes: bytes.clone() };
    journal.range(..head).take(PORTION_RECORDS as usize).map(record).collect()
}

/// A tab's journal on the stores.
pub(super) struct TabJournal {
    pub(super) stores: Stores,
    pub(super) identity: Identity,
    ledger: RefCell<Ledger>,
}

pub(super) type TabManager = Manager<TabJournal, SteadyClock, CountingEntropy>;

impl TabJournal {
    pub(super) fn open(stores: &Stores, identity: Identity) -> Self {
        Self { stores: stores.clone(), identity, ledger: RefCell::new(stores.start(identity)) }
    }

    /// Compacts, at most so many steps.
    pub(super) fn compact(&self, most: usize) -> Compacted {
        self.stores.compact(self.identity, &self.ledger.borrow(), most)
    }

    /// Begins a compaction whose steps come later.
    pub(super) fn begin(&self) -> Option<Compaction> {
        self.stores.begin(self.identity, &self.ledger.borrow())
    }

    fn read_on(&self) -> Result<Refreshed, JournalError> {
        let mut ledger = self.ledger.borrow().clone();
        let tail = self.stores.touch(|contents| records(&contents.journal, ledger.base_sequence()));
        if !begins_late(&ledger, &tail)
            && let Ok(news) = ledger.follow(tail)
        {
            self.ledger.replace(ledger);
            return Ok(news);
        }
        let all = self.stores.everything().records();
        let found = format!("{} records", all.len());
        let caught_up = catch_up(&self.ledger.borrow(), self.identity, all);
        let caught_up = caught_up.map_err(|gone| JournalError::Lost { expected: gone.to_string(), found })?;
        self.ledger.replace(caught_up);
        Ok(Refreshed::Changed)
    }
}

impl Journal for TabJournal {
    async fn append(&self, decide: Decide) -> Result<Appended, JournalError> {
        self.read_on()?;
        let draft = self.ledger.borrow().draft(&mut [decide])?;
        let Some(draft) = draft else { return Ok(Appended::Nothing) };
        let (sequence, bytes) = (draft.record.sequence, draft.record.bytes.clone());
        let before = self.stores.touch(|contents| contents.journal.insert(sequence, bytes));
        assert!(before.is_none(), "a number was given out twice: the journal is forked");
        let events = draft.events_per_act.iter().sum();
        self.ledger.borrow_mut().commit(draft);
        Ok(Appended::Record { sequence, events })
    }

    async fn refresh(&self) -> Result<Refreshed, JournalError> {
        self.read_on()
    }

    async fn records(&self) -> Result<Vec<StoredRecord>, JournalError> {
        Ok(self.stores.everything().records())
    }

    async fn earlier(&self, before: u64, most: usize) -> Result<Vec<Entry>, JournalError> {
        Ok(entries_before(&self.stores.everything().records(), before, most))
    }

    async fn reload(&self) -> Result<Refreshed, JournalError> {
        let reloaded = self.ledger.borrow().reloaded(self.identity, self.stores.everything().records());
        let found = "other records".to_owned();
        let reloaded = reloaded.map_err(|gone| JournalError::Lost { expected: gone.to_string(), found })?;
        self.ledger.replace(reloaded);
        Ok(Refreshed::Changed)
    }

    fn read<R>(&self, read: impl FnOnce(&Ledger) -> R) -> R {
        read(&self.ledger.borrow())
    }
}

/// A manager in a tab of its own; `start` tells its starts apart, so that no two draw the same secrets.
pub(super) fn tab(stores: &Stores, number: u8, start: u64) -> TabManager {
    let journal = TabJournal::open(stores, identity(number));
    let entropy = CountingEntropy::scrambled((u64::from(number) << 32) | (start << 40));
    Manager::new(journal, Rc::new(SteadyClock::at(noon())), Rc::new(entropy), GeneratorRegistry::built_in())
}
