//! Whatever somebody does to a stored chain is reported with the number of the entry where it shows.
//!
//! What lies in one record was written by one act and has one hash: it is named by the first of its numbers. An end that
//! was cut off, and a newest record that was forged, leave a whole chain; `archive_laws.rs` compares those with a
//! checkpoint.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where it cannot go on")]

use proptest::prelude::*;
use tollgate_tokens::checked::{InvalidateCall, NewToken, Owners, TokenEdit, can_be_undone};
use tollgate_tokens::compatible::Condition;
use tollgate_tokens::people::Powers;
use tollgate_tokens::test_support::{CountingEntropy, SteadyClock, memory_manager_on, noon};
use tollgate_tokens::{
    EventBody, EventId, Journal as _, LinkCheck, Manager, MemoryJournal, MemoryStorage, NewEvent, RecordHead,
    StoredRecord, TokenUid, UserRecord, verify,
};

type TestManager = Manager<MemoryJournal, SteadyClock, CountingEntropy>;

/// One act, and so one record.
#[derive(Debug, Clone, Copy)]
enum Act {
    /// Adds so many users: an event for each.
    AddUsers(u8),
    Generate,
    /// Changes the note of every token.
    EditAll(u8),
    InvalidateAll,
    UndoLast,
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        3 => (1_u8..6).prop_map(Act::AddUsers),
        4 => Just(Act::Generate),
        2 => any::<u8>().prop_map(Act::EditAll),
        1 => Just(Act::InvalidateAll),
        1 => Just(Act::UndoLast),
    ]
}

fn users(what: &str, count: usize) -> Vec<NewEvent> {
    let event = |user: usize| {
        let username = format!("{what}-{user}").parse().unwrap();
        let body = EventBody::UserAdded(UserRecord { username, active: true, superuser: false });
        NewEvent::Here { at: noon(), by: None, body }
    };
    (0..count).map(event).collect()
}

/// A refusal is a fine answer: the laws are about what is kept.
async fn perform(manager: &TestManager, index: usize, act: Act) {
    let tokens: Vec<TokenUid> =
        manager.journal().read(|ledger| ledger.workspace().tokens().map(|token| token.uid).collect());
    match act {
        Act::AddUsers(count) => drop(manager.append(users(&format!("user-{index}"), count.into())).await),
        Act::Generate => drop(manager.generate(NewToken::for_owner("alice".parse().unwrap())).await),
        Act::EditAll(note) => {
            let edit = TokenEdit { note: Some(format!("note {note}")), ..TokenEdit::default() };
            drop(manager.change(tokens, edit).await);
        }
        Act::InvalidateAll => {
            let owners = Owners::listed(["alice".parse().unwrap()]).unwrap();
            let call = InvalidateCall { owners, filter: vec![Condition::Valid], reason: "leaked".into() };
            drop(manager.invalidate(call).await);
        }
        Act::UndoLast => {
            let undoable: Option<EventId> = manager.journal().read(|ledger| {
                let mut entries = ledger.entries().rev();
                entries.find(|entry| can_be_undone(&entry.event.body)).map(|entry| entry.event.id)
            });
            if let Some(act) = undoable {
                drop(manager.undo(act).await);
            }
        }
    }
}

fn history(acts: &[Act]) -> Vec<StoredRecord> {
    let storage = MemoryStorage::default();
    let manager = memory_manager_on(&storage, 1);
    pollster::block_on(async {
        manager.add_user("alice".parse().unwrap(), Powers::default()).await.unwrap();
        for (index, act) in acts.iter().enumerate() {
            perform(&manager, index, *act).await;
        }
    });
    storage.records()
}

/// What somebody does to a stored chain; numbers pick among what is there.
#[derive(Debug, Clone, Copy)]
enum Tampering {
    Flip {
        byte: usize,
        bit: u8,
    },
    /// The first event of a record and its second are in each other's place.
    SwapEvents,
    Remove,
    /// Those behind it get the numbers that are free.
    RemoveAndMoveUp,
    Swap {
        other: usize,
    },
    /// A record of another history, or of the same one, is put where those behind it have to move.
    Insert {
        is_foreign: bool,
    },
    /// Other events take the place of a record's, with the right link and the right hash.
    Forge,
}

fn tampering() -> impl Strategy<Value = Tampering> {
    prop_oneof![
        3 => (any::<usize>(), 0_u8..8).prop_map(|(byte, bit)| Tampering::Flip { byte, bit }),
        1 => Just(Tampering::SwapEvents),
        1 => Just(Tampering::Remove),
        1 => Just(Tampering::RemoveAndMoveUp),
        1 => any::<usize>().prop_map(|other| Tampering::Swap { other }),
        2 => any::<bool>().prop_map(|is_foreign| Tampering::Insert { is_foreign }),
        1 => Just(Tampering::Forge),
    ]
}

fn head(record: &StoredRecord) -> RecordHead {
    RecordHead::read(&record.bytes).unwrap()
}

/// Tampers with a record, and says at which number that shows; `None` where a whole chain is left.
fn tamper(records: &mut Vec<StoredRecord>, at: usize, what: Tampering) -> Option<u64> {
    let (sequence, events, end) = (records[at].sequence, head(&records[at]).events, head(&records[at]).end());
    let is_newest = at + 1 == records.len();
    match what {
        Tampering::SwapEvents if events > 1 => swap_events(&mut records[at].bytes),
        Tampering::Swap { other } if records.len() > 1 => {
            let other = (at + 1 + other % (records.len() - 1)) % records.len();
            let bytes = records[other].bytes.clone();
            records[other].bytes = std::mem::replace(&mut records[at].bytes, bytes);
            return Some(sequence.min(records[other].sequence));
        }
        Tampering::Flip { byte, bit } => {
            let byte = byte % records[at].bytes.len();
            records[at].bytes[byte] ^= 1 << bit;
        }
        // There is nothing to swap with.
        Tampering::SwapEvents | Tampering::Swap { .. } => records[at].bytes.reverse(),
        Tampering::Remove | Tampering::RemoveAndMoveUp => {
            records.remove(at);
            let moved = if matches!(what, Tampering::Remove) { 0 } else { end - sequence };
            for behind in &mut records[at..] {
                behind.sequence -= moved;
            }
            return (!is_newest).then_some(sequence);
        }
        Tampering::Insert { is_foreign } => {
            // A first record begins a history, and a copy of the newest takes its place: the one behind it shows.
            let is_in_place = if is_foreign { at == 0 } else { is_newest };
            let shown = if is_in_place { end } else { sequence };
            let bytes = if is_foreign { foreign(sequence, events) } else { records[records.len() - 1].bytes.clone() };
            for shifted in &mut records[at..] {
                shifted.sequence += end - sequence;
            }
            records.insert(at, StoredRecord { sequence, bytes });
            return Some(shown);
        }
        Tampering::Forge => {
            records[at].bytes = forged(&records[..at], events);
            return (!is_newest).then_some(end);
        }
    }
    Some(sequence)
}

/// Where the events of a record begin.
const EVENTS: usize = 49;

fn swap_events(bytes: &mut Vec<u8>) {
    let length = |at: usize| 4 + u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
    let first = EVENTS + length(EVENTS);
    let second = first + length(first);
    *bytes = [&bytes[..EVENTS], &bytes[first..second], &bytes[EVENTS..first], &bytes[second..]].concat();
}

/// The record that another history has under a number.
fn foreign(sequence: u64, events: u32) -> Vec<u8> {
    let storage = MemoryStorage::default();
    let manager = memory_manager_on(&storage, 2);
    // A history begins with an entry of its own.
    let before = users("before", (sequence as usize).saturating_sub(2));
    let count = if sequence == 1 { events - 1 } else { events };
    pollster::block_on(manager.append(before)).unwrap();
    pollster::block_on(manager.append(users("foreign", count as usize))).unwrap();
    storage.records().pop().unwrap().bytes
}

/// A record that follows from these and holds other events than it did.
fn forged(before: &[StoredRecord], events: u32) -> Vec<u8> {
    let storage = MemoryStorage::default();
    storage.replace(before.to_vec());
    let manager = memory_manager_on(&storage, 1);
    let count = if before.is_empty() { events - 1 } else { events };
    pollster::block_on(manager.append(users("forged", count as usize))).unwrap();
    storage.records().pop().unwrap().bytes
}

/// The look at old entries that costs no more than their hashes.
fn is_linked(records: &[StoredRecord]) -> bool {
    let mut check = LinkCheck::from_first_record();
    records.iter().all(|record| check.accepts(record))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn what_was_done_to_an_entry_is_reported_with_its_number(
        acts in prop::collection::vec(act(), 0..14),
        at in any::<usize>(),
        what in tampering(),
    ) {
        let mut records = history(&acts);
        prop_assert!(verify(records.clone()).is_whole() && is_linked(&records));
        let at = at % records.len();
        let shown = tamper(&mut records, at, what);
        let found = verify(records.clone());
        prop_assert_eq!(found.damage.first().map(|damage| damage.sequence), shown);
        prop_assert_eq!(is_linked(&records), shown.is_none());
    }
}

#[test]
fn a_record_again_behind_the_newest_is_reported_with_the_number_that_it_got() {
    let whole = history(&[Act::AddUsers(3), Act::Generate, Act::InvalidateAll]);
    let end = head(whole.last().unwrap()).end();
    for record in &whole {
        let copy = StoredRecord { sequence: end, bytes: record.bytes.clone() };
        let records = [whole.as_slice(), &[copy]].concat();
        let sequences: Vec<u64> = verify(records).damage.iter().map(|damage| damage.sequence).collect();
        assert_eq!(sequences, [end]);
    }
}
