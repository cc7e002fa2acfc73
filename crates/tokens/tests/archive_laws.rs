//! Laws of exports, imports and checkpoints that hold for every history.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops where it cannot go on"
)]

use std::collections::BTreeSet;

use chrono::TimeDelta;
use proptest::prelude::*;
use tollgate_tokens::checked::{NewExpiry, NewToken, OVERLAPS, Rotation, TokenEdit, can_be_undone};
use tollgate_tokens::people::Powers;
use tollgate_tokens::test_support::{CountingEntropy, SteadyClock, identity, memory_manager_on, noon};
use tollgate_tokens::{
    Appended, Archive, Checkpoint, Comparison, EventBody, EventId, ImportPlan, Journal as _, Ledger, Manager,
    MemoryJournal, MemoryStorage, NewEvent, Relation, StoredRecord, TokenUid, UserRecord, archive_text, verify,
};

type TestManager = Manager<MemoryJournal, SteadyClock, CountingEntropy>;

/// One act; numbers pick among what is there.
#[derive(Debug, Clone)]
enum Act {
    AddUser(u8),
    Generate(u8),
    Invalidate(u8),
    Edit(u8),
    Delete(u8),
    Rotate(u8, u8),
    UndoLast(u8),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        (0_u8..4).prop_map(Act::AddUser),
        (0_u8..4).prop_map(Act::Generate),
        (0_u8..4).prop_map(Act::Generate),
        any::<u8>().prop_map(Act::Invalidate),
        any::<u8>().prop_map(Act::Edit),
        any::<u8>().prop_map(Act::Delete),
        (any::<u8>(), any::<u8>()).prop_map(|(pick, overlap)| Act::Rotate(pick, overlap)),
        any::<u8>().prop_map(Act::UndoLast),
    ]
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    prop::collection::vec(act(), 1..20)
}

/// A refusal is a fine answer: the laws are about what is kept.
async fn perform(manager: &TestManager, act: &Act) {
    let name = |number: u8| format!("user-{number}").parse().unwrap();
    let token = |pick: u8| {
        manager.journal().read(|ledger| {
            let uids: Vec<TokenUid> = ledger.workspace().tokens().map(|token| token.uid).collect();
            (!uids.is_empty()).then(|| uids[usize::from(pick) % uids.len()])
        })
    };
    match *act {
        Act::AddUser(user) => drop(manager.add_user(name(user), Powers::default()).await),
        Act::Generate(user) => drop(manager.generate(NewToken::for_owner(name(user))).await),
        Act::Invalidate(pick) => {
            if let Some(uid) = token(pick) {
                drop(manager.invalidate_one(uid, format!("reason {pick}")).await);
            }
        }
        Act::Edit(pick) => {
            if let Some(uid) = token(pick) {
                let expires = Some(NewExpiry::At(manager.now() + TimeDelta::days(i64::from(pick) + 1)));
                let edit = TokenEdit { note: Some(format!("note {pick}")), expires, ..TokenEdit::default() };
                drop(manager.change(vec![uid], edit).await);
            }
        }
        Act::Delete(pick) => {
            if let Some(uid) = token(pick) {
                drop(manager.delete(vec![uid], "gone".into()).await);
            }
        }
        Act::Rotate(pick, overlap) => {
            if let Some(token) = token(pick) {
                let overlap = OVERLAPS[usize::from(overlap) % OVERLAPS.len()];
                drop(manager.rotate(Rotation { token, overlap, expires: NewExpiry::Never }).await);
            }
        }
        Act::UndoLast(pick) => {
            let acts: Vec<EventId> = manager.journal().read(|ledger| {
                let undoable = ledger.entries().rev().filter(|entry| can_be_undone(&entry.event.body));
                undoable.take(3).map(|entry| entry.event.id).collect()
            });
            if let Some(act) = acts.get(usize::from(pick) % 3) {
                drop(manager.undo(*act).await);
            }
        }
    }
}

/// A workspace with at least a user and a token in it.
fn begun(number: u8, records: Vec<StoredRecord>, acts: &[Act]) -> (MemoryStorage, TestManager) {
    let storage = MemoryStorage::default();
    storage.replace(records);
    let manager = memory_manager_on(&storage, number);
    pollster::block_on(async {
        for act in [Act::AddUser(0), Act::Generate(0)].iter().chain(acts) {
            perform(&manager, act).await;
        }
    });
    (storage, manager)
}

fn archive(manager: &TestManager) -> Archive {
    let records = pollster::block_on(manager.journal().records()).unwrap();
    let epoch = manager.journal().read(|ledger| ledger.workspace().epoch());
    Archive::read(&archive_text(&records, epoch, noon()).unwrap()).unwrap()
}

fn merge(here: &TestManager, other: &Archive) -> Appended {
    pollster::block_on(here.take_over(other.ledger().clone())).unwrap()
}

fn plan(here: &TestManager, other: &Archive) -> ImportPlan {
    here.journal().read(|ledger| ImportPlan::new(ledger, other.ledger()))
}

/// Every token that a workspace has or had.
fn known(manager: &TestManager) -> BTreeSet<TokenUid> {
    let parts = manager.journal().read(|ledger| ledger.workspace().to_parts());
    let deleted = parts.rest.deleted.iter().map(|(_, token)| token.made.uid);
    parts.tokens.iter().map(|token| token.uid).chain(deleted).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn replacing_an_empty_workspace_by_an_export_gives_the_same_records(acts in acts()) {
        let (storage, manager) = begun(1, Vec::new(), &acts);
        let exported = archive(&manager);
        let wiped = MemoryStorage::default();
        let fresh = memory_manager_on(&wiped, 2);
        prop_assert_eq!(plan(&fresh, &exported).relation, Relation::Fresh);
        fresh.journal().replace(identity(3), exported.records().to_vec());
        prop_assert_eq!(wiped.records(), storage.records());
        let parts = |manager: &TestManager| manager.journal().read(|ledger| ledger.workspace().to_parts());
        prop_assert_eq!(parts(&fresh), parts(&manager));
        prop_assert_eq!(plan(&fresh, &exported).relation, Relation::Same);
    }

    #[test]
    fn merging_an_export_into_itself_changes_nothing(acts in acts()) {
        let (storage, manager) = begun(1, Vec::new(), &acts);
        let exported = archive(&manager);
        prop_assert!(plan(&manager, &exported).merge.is_empty());
        prop_assert!(plan(&manager, &exported).replace.loses_nothing());
        let before = storage.records();
        prop_assert_eq!(merge(&manager, &exported), Appended::Nothing);
        prop_assert_eq!(storage.records(), before);
    }

    #[test]
    fn merging_twice_is_merging_once(ours in acts(), theirs in acts()) {
        let (storage, here) = begun(1, Vec::new(), &ours);
        let (_, other) = begun(2, Vec::new(), &theirs);
        let exported = archive(&other);
        let outcome = here.journal().read(|ledger| plan(&here, &exported).merge.outcome(ledger.workspace()));
        merge(&here, &exported);
        here.journal().read(|ledger| assert_eq!(ledger.workspace().to_parts(), outcome.to_parts()));
        prop_assert!(plan(&here, &exported).merge.is_empty());
        prop_assert_eq!(merge(&here, &exported), Appended::Nothing);
        prop_assert!(verify(storage.records()).is_whole());
        // What was merged can be exported in its turn.
        let exported = archive(&here);
        prop_assert_eq!(exported.records(), storage.records());
    }

    #[test]
    fn merging_two_forks_gives_the_tokens_of_both_in_either_order(base in acts(), ours in acts(), theirs in acts()) {
        let (common, _) = begun(1, Vec::new(), &base);
        let (_, left) = begun(2, common.records(), &ours);
        let (_, right) = begun(3, common.records(), &theirs);
        let (of_left, of_right) = (archive(&left), archive(&right));
        let union: BTreeSet<TokenUid> = known(&left).union(&known(&right)).copied().collect();
        merge(&left, &of_right);
        merge(&right, &of_left);
        prop_assert_eq!(known(&left), union.clone());
        prop_assert_eq!(known(&right), union);
        // Nothing is left to be taken over, from either.
        prop_assert!(plan(&left, &archive(&right)).merge.is_empty());
        prop_assert!(plan(&right, &archive(&left)).merge.is_empty());
    }

    /// What a plan to replace says would be lost, changed and new is what is.
    #[test]
    fn a_plan_to_replace_tells_every_difference(ours in acts(), theirs in acts()) {
        let (common, _) = begun(1, Vec::new(), &[]);
        let (_, here) = begun(2, common.records(), &ours);
        let (_, other) = begun(3, common.records(), &theirs);
        let exported = archive(&other);
        let plan = plan(&here, &exported).replace;
        let tokens = |manager: &TestManager| {
            let tokens = manager.journal().read(|ledger| ledger.workspace().to_parts().tokens);
            tokens.into_iter().map(|token| (token.uid, token)).collect::<std::collections::BTreeMap<_, _>>()
        };
        let before = tokens(&here);
        here.journal().replace(identity(9), exported.records().to_vec());
        let after = tokens(&here);
        let differs = |uid: &TokenUid| before.get(uid) != after.get(uid);
        let told: BTreeSet<TokenUid> =
            [&plan.lost_tokens, &plan.changed_tokens, &plan.new_tokens].into_iter().flatten().copied().collect();
        let found: BTreeSet<TokenUid> = before.keys().chain(after.keys()).copied().filter(differs).collect();
        prop_assert_eq!(told, found);
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "\\PC*", cut in 0..4_000_usize, flip in 0..4_000_usize) {
        drop(Archive::read(&text));
        drop(Checkpoint::read(&text));
        let (_, manager) = begun(1, Vec::new(), &[]);
        let records = pollster::block_on(manager.journal().records()).unwrap();
        let mut bytes = archive_text(&records, Some(identity(1).epoch), noon()).unwrap().into_bytes();
        let cut = cut % bytes.len();
        bytes.truncate(bytes.len() - cut);
        let place = flip % bytes.len();
        bytes[place] = bytes[place].wrapping_add(1) & 0x7f;
        // A last line without its end is still the last line.
        prop_assert!(Archive::read(&String::from_utf8(bytes).unwrap()).is_err() || cut < 2);
    }
}

/// What somebody does to a stored chain.
#[derive(Debug, Clone, Copy)]
enum Tampering {
    Flip { record: usize, byte: usize, bit: u8 },
    Remove { record: usize },
    Swap { record: usize, other: usize },
    Insert { record: usize },
}

/// Chains with a record for each number, which says how many users are added in it.
fn chain(history: u8, counts: &[usize]) -> (Vec<StoredRecord>, Vec<Checkpoint>) {
    let storage = MemoryStorage::default();
    let manager = memory_manager_on(&storage, history);
    let mut checkpoints = Vec::new();
    for (record, count) in counts.iter().enumerate() {
        let event = |user: usize| {
            let username = format!("user-{history}-{record}-{user}").parse().unwrap();
            NewEvent::Here {
                at: noon(),
                by: None,
                body: EventBody::UserAdded(UserRecord { username, active: true, superuser: false }),
            }
        };
        pollster::block_on(manager.append((0..*count).map(event).collect())).unwrap();
        checkpoints.extend(manager.journal().read(|ledger| Checkpoint::of(ledger, noon())));
    }
    (storage.records(), checkpoints)
}

fn compare(checkpoint: &Checkpoint, records: Vec<StoredRecord>) -> Comparison {
    let saved = checkpoint.to_text();
    let checkpoint = Checkpoint::read(&saved).unwrap();
    checkpoint.compare(&Ledger::load(identity(9), records))
}

fn tampering() -> impl Strategy<Value = Tampering> {
    prop_oneof![
        (any::<usize>(), any::<usize>(), 0_u8..8).prop_map(|(record, byte, bit)| Tampering::Flip { record, byte, bit }),
        any::<usize>().prop_map(|record| Tampering::Remove { record }),
        (any::<usize>(), any::<usize>()).prop_map(|(record, other)| Tampering::Swap { record, other }),
        any::<usize>().prop_map(|record| Tampering::Insert { record }),
    ]
}

/// Tampers with a record up to the one of the checkpoint, and says what is to be found.
fn tamper(records: &mut Vec<StoredRecord>, until: usize, what: Tampering, counts: &[usize]) -> Comparison {
    let last = records.len() - 1;
    let (Tampering::Flip { record, .. }
    | Tampering::Remove { record }
    | Tampering::Swap { record, .. }
    | Tampering::Insert { record }) = what;
    let record = record % (until + 1);
    let sequence = records[record].sequence;
    match what {
        Tampering::Flip { byte, bit, .. } => {
            let byte = byte % records[record].bytes.len();
            records[record].bytes[byte] ^= 1 << bit;
        }
        Tampering::Remove { .. } => {
            let removed = records.remove(record);
            if record == last {
                let end = removed.sequence + counts[record] as u64 + u64::from(record == 0) - 1;
                return Comparison::Cut { last: sequence - 1, missing: end + 1 - sequence };
            }
        }
        Tampering::Swap { other, .. } => {
            let other = record + 1 + other % (last - record).max(1);
            if other > last {
                // There is nothing to swap it with.
                records[record].bytes.reverse();
            } else {
                let bytes = records[record].bytes.clone();
                records[record].bytes = std::mem::replace(&mut records[other].bytes, bytes);
            }
        }
        Tampering::Insert { .. } => {
            // From another history, where it has the same number.
            let foreign = chain(2, counts).0.swap_remove(record);
            let length = counts[record] as u64 + u64::from(record == 0);
            for shifted in &mut records[record..] {
                shifted.sequence += length;
            }
            records.insert(record, foreign);
            if record == 0 {
                return Comparison::OtherHistory;
            }
        }
    }
    Comparison::Changed { first: Some(sequence) }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn what_was_done_to_an_entry_before_a_checkpoint_is_reported_with_its_number(
        counts in prop::collection::vec(1_usize..4, 1..8),
        at in any::<usize>(),
        what in tampering(),
    ) {
        let (mut records, checkpoints) = chain(1, &counts);
        let until = at % checkpoints.len();
        prop_assert_eq!(
            compare(&checkpoints[until], records.clone()),
            Comparison::Same { since: checkpoints[counts.len() - 1].head.sequence - checkpoints[until].head.sequence }
        );
        let expected = tamper(&mut records, until, what, &counts);
        prop_assert_eq!(compare(&checkpoints[until], records), expected);
    }

    #[test]
    fn a_cut_end_is_reported_whenever_a_checkpoint_lies_beyond_it(
        counts in prop::collection::vec(1_usize..4, 1..8),
        at in any::<usize>(),
        left in any::<usize>(),
    ) {
        let (mut records, checkpoints) = chain(1, &counts);
        let (until, left) = (at % checkpoints.len(), left % (counts.len() + 1));
        records.truncate(left);
        let last = left.checked_sub(1).map_or(0, |index| checkpoints[index].head.sequence);
        let known = checkpoints[until].head.sequence;
        let found = compare(&checkpoints[until], records);
        if last < known {
            prop_assert_eq!(found, Comparison::Cut { last, missing: known - last });
        } else {
            // Whether more was there after the checkpoint, nobody can tell.
            prop_assert_eq!(found, Comparison::Same { since: last - known });
        }
    }

    #[test]
    fn a_chain_that_was_written_anew_is_never_taken_for_the_same(
        counts in prop::collection::vec(1_usize..4, 2..8),
        at in any::<usize>(),
        changed in any::<usize>(),
    ) {
        let (records, checkpoints) = chain(1, &counts);
        let until = at % checkpoints.len();
        let changed = changed % (until + 1);
        // The same up to some record, then one more user in it, and right hashes all the way.
        let mut others = counts.clone();
        others[changed] += 1;
        let (anew, _) = chain(1, &others);
        prop_assert_eq!(&anew[..changed], &records[..changed]);
        prop_assert!(verify(anew.clone()).is_whole());
        prop_assert_eq!(compare(&checkpoints[until], anew), Comparison::Changed { first: None });
    }
}

#[test]
fn another_workspace_is_another_history() {
    let (records, _) = chain(2, &[1, 2]);
    assert_eq!(compare(&chain(1, &[1, 2]).1[1], records), Comparison::OtherHistory);
}

#[test]
fn damage_that_was_recorded_before_the_checkpoint_is_known_to_it() {
    let (mut records, checkpoints) = chain(1, &[1, 1, 1]);
    records[1].bytes[60] ^= 1;
    let storage = MemoryStorage::default();
    storage.replace(records);
    let manager = memory_manager_on(&storage, 1);
    assert_eq!(manager.journal().read(|ledger| Checkpoint::of(ledger, noon())), None, "not before the repair");
    pollster::block_on(manager.repair()).unwrap();
    let after = manager.journal().read(|ledger| Checkpoint::of(ledger, noon())).unwrap();
    pollster::block_on(manager.add_user("later".parse().unwrap(), Powers::default())).unwrap();
    assert_eq!(compare(&after, storage.records()), Comparison::Same { since: 1 });
    assert_eq!(compare(&checkpoints[2], storage.records()), Comparison::Changed { first: Some(3) });
}
