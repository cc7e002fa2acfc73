//! Ledgers that go on from a snapshot, and what they do not hold.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where it cannot go on")]

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use tollgate_tokens::checked::{NewToken, TokenError};
use tollgate_tokens::people::Powers;
use tollgate_tokens::test_support::{CountingEntropy, SteadyClock, identity, memory_manager_on, noon};
use tollgate_tokens::{
    Appended, Decide, Entry, EventId, FollowError, GeneratorRegistry, Journal, JournalError, Ledger, LinkCheck,
    Manager, MemoryStorage, Operation, Refreshed, StoredRecord, TokenUid, Workspace, entries_before,
};

/// A history of six records: a user, three tokens, and the end of two of them.
fn history() -> (MemoryStorage, [TokenUid; 3]) {
    let storage = MemoryStorage::default();
    let manager = memory_manager_on(&storage, 1);
    let uids = pollster::block_on(async {
        manager.add_user("alice".parse().unwrap(), Powers::default()).await.unwrap();
        let mut uids = Vec::new();
        for note in ["one", "two", "three"] {
            let call = NewToken { note: note.into(), ..NewToken::for_owner("alice".parse().unwrap()) };
            uids.push(manager.generate(call).await.unwrap().uid);
        }
        manager.invalidate_one(uids[0], "leaked".into()).await.unwrap();
        manager.delete(vec![uids[1]], "no use".into()).await.unwrap();
        uids
    });
    (storage, uids.try_into().unwrap())
}

/// The ledger that goes on from a snapshot taken at a record, as if it had been read and followed.
fn resumed_at(storage: &MemoryStorage, record: usize) -> Ledger {
    let records = storage.records();
    let before = Ledger::load(identity(1), records[..=record].to_vec());
    let mut ledger = Ledger::resume(identity(1), before.workspace().clone(), &records[record]).unwrap();
    assert_eq!(ledger.base(), before.base());
    ledger.follow(records[record..].to_vec()).unwrap();
    ledger
}

#[test]
fn going_on_from_any_record_adds_up_to_the_whole() {
    let (storage, _) = history();
    let whole = Ledger::load(identity(1), storage.records());
    for record in 0..storage.records().len() {
        let resumed = resumed_at(&storage, record);
        assert_eq!(resumed.workspace().to_parts(), whole.workspace().to_parts());
        assert_eq!((resumed.base(), resumed.next_sequence()), (whole.base(), whole.next_sequence()));
        let first = storage.records()[record].sequence;
        assert_eq!(resumed.first_sequence(), first);
        let held: Vec<&Entry> = resumed.entries().collect();
        let wanted: Vec<&Entry> = whole.entries().filter(|entry| entry.sequence >= first).collect();
        assert_eq!(held, wanted);
        let before = entries_before(&storage.records(), first, 100);
        let wanted: Vec<Entry> = whole.entries().filter(|entry| entry.sequence < first).cloned().collect();
        assert_eq!(before, wanted);
        assert!(resumed.agrees_with_replay());
        assert_eq!(resumed.reloaded(identity(1), storage.records()).unwrap().entries().len(), whole.entries().len());
    }
}

#[test]
fn a_damaged_anchor_and_another_chain_are_refused() {
    let (storage, _) = history();
    let mut records = storage.records();
    records[2].bytes[60] ^= 1;
    assert!(Ledger::resume(identity(1), Workspace::default(), &records[2]).is_err());
    let resumed = resumed_at(&storage, 3);
    let newest = resumed.base_sequence();
    records.pop();
    assert_eq!(resumed.reloaded(identity(1), records).unwrap_err(), FollowError::BaseGone { sequence: newest });
}

#[test]
fn only_a_ledger_that_met_the_damage_agrees_with_a_replay_of_its_repair() {
    let (storage, _) = history();
    let unaware = resumed_at(&storage, 4);
    let mut records = storage.records();
    records[1].bytes[60] ^= 1;
    storage.replace(records);

    let aware = memory_manager_on(&storage, 2);
    assert!(!aware.journal().read(Ledger::agrees_with_replay), "damage waits for a repair");
    assert_eq!(pollster::block_on(aware.repair()).unwrap(), 1);
    assert!(aware.journal().read(Ledger::agrees_with_replay));

    let mut followed = unaware;
    let base = followed.base_sequence();
    followed.follow(storage.records().into_iter().filter(|record| record.sequence >= base).collect()).unwrap();
    assert!(!followed.agrees_with_replay(), "it doubts no token");
    let reloaded = followed.reloaded(identity(1), storage.records()).unwrap();
    assert!(reloaded.agrees_with_replay());
}

#[test]
fn links_find_every_change_and_pass_over_what_was_repaired() {
    let (storage, _) = history();
    let whole = storage.records();
    let holds = |records: &[StoredRecord]| {
        let mut check = LinkCheck::default();
        records.iter().all(|record| check.accepts(record))
    };
    assert!(holds(&whole) && holds(&whole[3..]));
    assert!(LinkCheck::from_first_record().accepts(&whole[0]));
    assert!(!LinkCheck::from_first_record().accepts(&whole[3]), "those before are missing");
    for index in 0..whole.len() {
        let mut changed = whole.clone();
        changed[index].bytes[70] ^= 1;
        assert!(!holds(&changed), "record {index}");
    }
    assert!(!holds(&[whole[0].clone(), whole[2].clone()]), "one is missing");

    let mut records = whole;
    records[1].bytes[60] ^= 1;
    records.remove(3);
    storage.replace(records);
    let manager = memory_manager_on(&storage, 1);
    pollster::block_on(manager.repair()).unwrap();
    let workspace = manager.journal().read(|ledger| ledger.workspace().clone());
    let mut check = LinkCheck::default();
    assert!(storage.records().iter().all(|record| check.accepts_repaired(record, &workspace)));
    let mut worse = storage.records();
    worse[4].bytes[60] ^= 1;
    let mut check = LinkCheck::default();
    assert!(!worse.iter().all(|record| check.accepts_repaired(record, &workspace)));
}

/// A store whose ledger went on from a snapshot. Old entries are read a few at a time, and the reads are counted.
struct Resumed {
    storage: MemoryStorage,
    ledger: RefCell<Ledger>,
    reads: Cell<usize>,
}

impl Journal for Resumed {
    async fn append(&self, decide: Decide) -> Result<Appended, JournalError> {
        let draft = self.ledger.borrow().draft(&mut [decide])?;
        let Some(draft) = draft else { return Ok(Appended::Nothing) };
        let (sequence, events) = (draft.record.sequence, draft.events_per_act.iter().sum());
        let records = [self.storage.records(), vec![draft.record.clone()]].concat();
        self.storage.replace(records);
        self.ledger.borrow_mut().commit(draft);
        Ok(Appended::Record { sequence, events })
    }

    async fn refresh(&self) -> Result<Refreshed, JournalError> {
        Ok(Refreshed::Unchanged)
    }

    async fn records(&self) -> Result<Vec<StoredRecord>, JournalError> {
        Ok(self.storage.records())
    }

    async fn earlier(&self, before: u64, most: usize) -> Result<Vec<Entry>, JournalError> {
        self.reads.set(self.reads.get() + 1);
        Ok(entries_before(&self.storage.records(), before, most.min(2)))
    }

    fn read<R>(&self, read: impl FnOnce(&Ledger) -> R) -> R {
        read(&self.ledger.borrow())
    }
}

fn resumed_manager() -> (Manager<Resumed, SteadyClock, CountingEntropy>, MemoryStorage, [TokenUid; 3]) {
    let (storage, uids) = history();
    let ledger = resumed_at(&storage, 5);
    let journal = Resumed { storage: storage.clone(), ledger: RefCell::new(ledger), reads: Cell::new(0) };
    let (clock, entropy) = (SteadyClock::at(noon()), CountingEntropy::scrambled(9));
    (Manager::new(journal, Rc::new(clock), Rc::new(entropy), GeneratorRegistry::built_in()), storage, uids)
}

#[test]
fn an_act_that_the_ledger_does_not_hold_is_undone_all_the_same() {
    let (manager, storage, uids) = resumed_manager();
    let act = manager.journal().read(|ledger| ledger.workspace().token(uids[0]).unwrap().invalidated_by.unwrap());
    assert!(manager.journal().read(|ledger| ledger.entries().all(|entry| entry.event.id != act)));
    assert_eq!(pollster::block_on(manager.undo(act)).unwrap(), 1);
    let whole = Ledger::load(identity(1), storage.records());
    assert!(whole.workspace().token(uids[0]).unwrap().valid);
    assert_eq!(whole.damage().count(), 0);
}

#[test]
fn an_act_that_never_was_is_not_looked_for() {
    let (manager, ..) = resumed_manager();
    let never = EventId { replica: identity(1).replica, sequence: 1_000 };
    let refused = pollster::block_on(manager.undo(never)).unwrap_err();
    assert!(matches!(refused, Operation::Refused(TokenError::UnknownAct(act)) if act == never));
    assert_eq!(manager.journal().reads.get(), 0);

    let stranger = EventId { replica: identity(7).replica, sequence: 1 };
    assert_eq!(pollster::block_on(manager.find_act(stranger)).unwrap(), None);
    let first = EventId { replica: identity(1).replica, sequence: 1 };
    assert_eq!(pollster::block_on(manager.find_act(first)).unwrap().map(|entry| entry.sequence), Some(1));
    assert_eq!(manager.journal().reads.get(), 3, "six entries, two at a time");
}
