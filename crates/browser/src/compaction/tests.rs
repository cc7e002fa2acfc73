//! Laws of compaction: whatever dies when, nothing is lost, the chain is whole, and a start that goes on from a
//! snapshot shows what reading everything would show.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where it cannot go on")]

use proptest::prelude::*;
use tollgate_inventory::{Head, Snapshot};
use tollgate_tokens::checked::NewToken;
use tollgate_tokens::people::Powers;
use tollgate_tokens::test_support::identity;
use tollgate_tokens::{EventId, Journal, Ledger, StoredRecord, TokenUid, contract, verify};

use super::test_support::{Stores, TabJournal, TabManager, tab};
use super::{Compacted, Compaction};

/// More steps than any compaction here has.
const ALL: usize = 1_000;

/// What happens in one of two tabs.
#[derive(Debug, Clone)]
enum Deed {
    AddUser(u8),
    Generate(u8),
    Invalidate(u8),
    Undo(u8),
    /// Packs in one go, or dies after so many steps.
    Compact(usize),
    /// Begins to pack, and goes on between what others do.
    Begin,
    Step,
    /// The tab is closed and opened again, whatever it was doing.
    Restart,
}

fn deed() -> impl Strategy<Value = (bool, Deed)> {
    let deed = prop_oneof![
        2 => (0_u8..4).prop_map(Deed::AddUser),
        5 => (0_u8..4).prop_map(Deed::Generate),
        3 => any::<u8>().prop_map(Deed::Invalidate),
        2 => any::<u8>().prop_map(Deed::Undo),
        1 => Just(Deed::Compact(ALL)),
        3 => (0_usize..9).prop_map(Deed::Compact),
        2 => Just(Deed::Begin),
        6 => Just(Deed::Step),
        2 => Just(Deed::Restart),
    ];
    (any::<bool>(), deed)
}

/// Two tabs, what each of them is packing, and every record that was ever acknowledged.
struct World {
    stores: Stores,
    tabs: [TabManager; 2],
    packing: [Option<Compaction>; 2],
    starts: u64,
    acknowledged: Vec<StoredRecord>,
}

impl World {
    fn new() -> Self {
        let stores = Stores::default();
        let tabs = [tab(&stores, 1, 0), tab(&stores, 2, 0)];
        Self { stores, tabs, packing: [None, None], starts: 0, acknowledged: Vec::new() }
    }

    fn perform(&mut self, tab_index: usize, deed: Deed) {
        match deed {
            Deed::Compact(most) => drop(self.tabs[tab_index].journal().compact(most)),
            Deed::Begin => self.packing[tab_index] = self.tabs[tab_index].journal().begin(),
            Deed::Step => {
                if let Some(compaction) = &mut self.packing[tab_index]
                    && let Some(step) = compaction.step()
                {
                    let outcome = self.stores.run(step);
                    compaction.advance(outcome);
                }
            }
            Deed::Restart => {
                self.starts += 1;
                self.packing[tab_index] = None;
                self.tabs[tab_index] = tab(&self.stores, tab_index as u8 + 1, self.starts);
            }
            act => pollster::block_on(perform(&self.tabs[tab_index], act)),
        }
    }

    /// Nothing that was there is gone or other than it was, and the chain is whole.
    fn check(&mut self) {
        let records = self.stores.everything().records();
        assert!(records.starts_with(&self.acknowledged), "an acknowledged record is gone or changed");
        let newest = records.last().map(|record| record.sequence);
        assert_eq!(newest, self.stores.touch(|contents| contents.journal.keys().next_back().copied()));
        self.acknowledged = records;
    }

    /// A start agrees with its slow twin.
    fn check_start(&self) {
        let replayed = Ledger::load(identity(1), self.stores.everything().records());
        assert!(replayed.all_damage().is_empty());
        assert_same(&self.stores.start(identity(1)), &replayed);
        for tab in &self.tabs {
            pollster::block_on(tab.journal().refresh()).unwrap();
            tab.journal().read(|ledger| assert_same(ledger, &replayed));
        }
    }
}

/// A refusal is a fine answer: the laws are about what is kept.
async fn perform(manager: &TabManager, act: Deed) {
    let name = |number: u8| format!("user-{number}").parse().unwrap();
    match act {
        Deed::AddUser(user) => drop(manager.add_user(name(user), Powers::default()).await),
        Deed::Generate(user) => drop(manager.generate(NewToken::for_owner(name(user))).await),
        Deed::Invalidate(pick) => {
            let tokens: Vec<TokenUid> =
                manager.journal().read(|ledger| ledger.workspace().tokens().map(|token| token.uid).collect());
            if !tokens.is_empty() {
                let uid = tokens[usize::from(pick) % tokens.len()];
                drop(manager.invalidate_one(uid, "leaked".into()).await);
            }
        }
        Deed::Undo(pick) => {
            manager.refresh().await.unwrap();
            // Acts that lie far back, too.
            let acts: Vec<EventId> = manager
                .journal()
                .read(|ledger| ledger.workspace().tokens().filter_map(|token| token.invalidated_by).collect());
            if !acts.is_empty() {
                let undone = manager.undo(acts[usize::from(pick) % acts.len()]).await;
                assert!(undone.is_ok(), "an act that stands is found wherever it lies");
            }
        }
        Deed::Compact(_) | Deed::Begin | Deed::Step | Deed::Restart => {}
    }
}

/// Both have the same bytes as a snapshot.
fn assert_same(ledger: &Ledger, replayed: &Ledger) {
    let encoded = |ledger: &Ledger| Head::of(ledger).map(|head| Snapshot::encode(ledger.workspace(), head).unwrap());
    assert_eq!(encoded(ledger), encoded(replayed));
    assert_eq!((ledger.base(), ledger.next_sequence()), (replayed.base(), replayed.next_sequence()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn whatever_dies_when_nothing_is_lost(deeds in prop::collection::vec(deed(), 1..60)) {
        let mut world = World::new();
        for (second, deed) in deeds {
            world.perform(usize::from(second), deed);
            world.check();
        }
        world.check_start();
        prop_assert!(verify(world.stores.everything().records()).is_whole());
        // Whatever was left behind is cleared by the next attempt that is not cut short.
        let done = world.tabs[0].journal().compact(ALL);
        if !world.acknowledged.is_empty() {
            prop_assert!(matches!(done, Compacted::Done { .. }), "{done:?}");
            let (journal, generations) = world.stores.touch(|contents| {
                let mut generations: Vec<u64> = contents.chunk.keys().map(|key| key.0).collect();
                generations.dedup();
                (contents.journal.len(), generations.len())
            });
            prop_assert_eq!((journal, generations), (1, 1));
            prop_assert!(world.stores.start(identity(1)).first_sequence() > 1 || world.acknowledged.len() == 1);
        }
        world.check();
        world.check_start();
    }
}

/// A user and so many tokens, a record each.
fn filled(tokens: usize) -> (Stores, TabManager) {
    let stores = Stores::default();
    let manager = tab(&stores, 1, 0);
    pollster::block_on(manager.add_user("alice".parse().unwrap(), Powers::default())).unwrap();
    generate(&manager, tokens);
    (stores, manager)
}

fn generate(manager: &TabManager, tokens: usize) {
    for _ in 0..tokens {
        pollster::block_on(manager.generate(NewToken::for_owner("alice".parse().unwrap()))).unwrap();
    }
}

fn resumes(stores: &Stores) -> bool {
    stores.start(identity(1)).first_sequence() > 1
}

#[test]
fn a_journal_that_packs_itself_obeys_the_contract() {
    struct Packing(TabJournal);

    impl Journal for Packing {
        async fn append(
            &self,
            decide: tollgate_tokens::Decide,
        ) -> Result<tollgate_tokens::Appended, tollgate_tokens::JournalError> {
            let appended = self.0.append(decide).await;
            self.0.compact(ALL);
            appended
        }

        async fn refresh(&self) -> Result<tollgate_tokens::Refreshed, tollgate_tokens::JournalError> {
            self.0.refresh().await
        }

        async fn records(&self) -> Result<Vec<StoredRecord>, tollgate_tokens::JournalError> {
            self.0.records().await
        }

        async fn reload(&self) -> Result<tollgate_tokens::Refreshed, tollgate_tokens::JournalError> {
            self.0.reload().await
        }

        fn read<R>(&self, read: impl FnOnce(&Ledger) -> R) -> R {
            self.0.read(read)
        }
    }

    let stores = std::cell::RefCell::new(std::collections::BTreeMap::<String, Stores>::new());
    pollster::block_on(contract::all(async |name: &str, identity| {
        let stores = stores.borrow_mut().entry(name.to_owned()).or_default().clone();
        Packing(TabJournal::open(&stores, identity))
    }));
}

#[test]
fn each_step_may_be_the_last_one() {
    let (_, manager) = filled(3);
    let steps = (0..ALL).take_while(|steps| manager.journal().compact(*steps) == Compacted::Stopped).count();
    assert!(steps >= 7, "clear, three chunks, flip, sweep, repack: {steps}");
    for most in 0..=steps {
        let (stores, manager) = filled(5);
        let before = stores.everything().records();
        manager.journal().compact(most);
        assert_eq!(stores.everything().records(), before, "after {most} steps");
        let replayed = Ledger::load(identity(1), before);
        assert_same(&stores.start(identity(1)), &replayed);
        assert_eq!(resumes(&stores), most >= 5, "after {most} steps");
        assert_eq!(
            tab(&stores, 2, 1).journal().compact(ALL),
            Compacted::Done { records: if most > 6 { 0 } else { 5 }, segments: u64::from(most <= 6) }
        );
        assert!(resumes(&stores));
    }
}

/// What is there when an attempt begins.
#[derive(Debug, Clone, Copy)]
enum Before {
    NoSnapshot,
    OlderSnapshot,
    /// What another attempt left behind that died after so many steps.
    DeadAttempt(usize),
}

fn prepared(before: Before) -> (Stores, TabManager) {
    let (stores, manager) = filled(5);
    let (steps, tokens) = match before {
        Before::NoSnapshot => (0, 0),
        Before::OlderSnapshot => (ALL, 2),
        Before::DeadAttempt(steps) => (steps, 0),
    };
    manager.journal().compact(steps);
    generate(&manager, tokens);
    (stores, manager)
}

/// A tab packs and dies after so many steps; the next one reads, writes and dies as well.
fn dies_after(steps: usize, before: Before) {
    let (stores, manager) = prepared(before);
    let acknowledged = stores.everything().records();
    manager.journal().compact(steps);
    drop(manager);
    let second = tab(&stores, 2, 1);
    second.journal().read(|ledger| assert_same(ledger, &Ledger::load(identity(2), acknowledged.clone())));
    generate(&second, 1);
    drop(second);
    let records = stores.everything().records();
    assert!(records.starts_with(&acknowledged) && records.len() == acknowledged.len() + 1, "{steps} steps, {before:?}");
    let replayed = Ledger::load(identity(1), records);
    assert!(replayed.all_damage().is_empty(), "{steps} steps, {before:?}");
    assert_same(&stores.start(identity(1)), &replayed);
    tab(&stores, 3, 2).journal().compact(ALL);
    assert!(resumes(&stores), "{steps} steps, {before:?}: what was left behind is in the way");
    assert_same(&stores.start(identity(1)), &replayed);
}

#[test]
fn a_tab_may_die_after_any_step_whatever_another_left_behind() {
    let mut points = 0;
    for before in [Before::NoSnapshot, Before::OlderSnapshot].into_iter().chain((1..8).map(Before::DeadAttempt)) {
        let is_cut_short = |steps: &usize| prepared(before).1.journal().compact(*steps) == Compacted::Stopped;
        let steps = (0..ALL).take_while(is_cut_short).count();
        (0..=steps).for_each(|steps| dies_after(steps, before));
        points += steps + 1;
    }
    println!("a tab died at {points} points");
    assert!(points >= 50, "{points} points");
}

#[test]
fn a_snapshot_that_is_not_what_it_says_is_thrown_away() {
    let (stores, manager) = filled(5);
    assert_eq!(manager.journal().compact(ALL), Compacted::Done { records: 5, segments: 1 });
    let replayed = Ledger::load(identity(1), stores.everything().records());
    let (keys, current) = stores
        .touch(|contents| (contents.chunk.keys().copied().collect::<Vec<_>>(), contents.current.clone().unwrap()));
    let spoiled = |spoil: &dyn Fn(&Stores)| {
        let chunks = stores.touch(|contents| contents.chunk.clone());
        spoil(&stores);
        assert!(!resumes(&stores));
        assert_same(&stores.start(identity(1)), &replayed);
        stores.touch(|contents| {
            contents.chunk = chunks;
            contents.current = Some(current.clone());
        });
        assert!(resumes(&stores));
    };
    for key in keys {
        spoiled(&|stores| stores.touch(|contents| drop(contents.chunk.remove(&key))));
        spoiled(&|stores| stores.touch(|contents| contents.chunk.get_mut(&key).unwrap()[20] ^= 1));
    }
    spoiled(&|stores| stores.touch(|contents| contents.current = None));
    spoiled(&|stores| stores.touch(|contents| contents.current = Some(b"something else".to_vec())));
    for byte in 0..current.len() {
        spoiled(&|stores| stores.touch(|contents| contents.current.as_mut().unwrap()[byte] ^= 1));
    }
}

#[test]
fn a_damaged_journal_is_not_packed_and_not_gone_on_from() {
    let (stores, manager) = filled(5);
    manager.journal().compact(5);
    assert!(resumes(&stores));
    // Behind the snapshot, and in a record that the tab has read long ago.
    pollster::block_on(manager.add_site("acme".parse().unwrap())).unwrap();
    let newest = stores.touch(|contents| *contents.journal.keys().next_back().unwrap());
    stores.touch(|contents| contents.journal.get_mut(&newest).unwrap()[60] ^= 1);
    let started = stores.start(identity(1));
    assert_eq!((started.first_sequence(), started.damage().count()), (1, 1));
    assert_eq!(tab(&stores, 2, 1).journal().compact(ALL), Compacted::Nothing);
    assert_eq!(manager.journal().compact(ALL), Compacted::Nothing, "its own newest record is gone");

    let repairing = tab(&stores, 2, 2);
    pollster::block_on(repairing.repair()).unwrap();
    let replayed = Ledger::load(identity(1), stores.everything().records());
    assert_same(&stores.start(identity(1)), &replayed);
    assert!(matches!(repairing.journal().compact(ALL), Compacted::Done { .. }));
    assert!(resumes(&stores));
    assert_same(&stores.start(identity(1)), &replayed);
    assert_eq!((replayed.damage().count(), replayed.all_damage().len()), (0, 1));
}

#[test]
fn damage_in_a_segment_is_met_by_a_reload_and_repaired() {
    let (stores, manager) = filled(5);
    manager.journal().compact(ALL);
    stores.touch(|contents| {
        let bytes = contents.segment.values_mut().next().unwrap();
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
    });
    let resumed = tab(&stores, 1, 1);
    assert!(resumed.journal().read(|ledger| ledger.first_sequence() > 1 && ledger.damage().next().is_none()));
    pollster::block_on(async {
        assert!(!verify(resumed.journal().records().await.unwrap()).is_whole());
        resumed.journal().reload().await.unwrap();
        assert!(resumed.add_site("acme".parse().unwrap()).await.is_err(), "read-only until the repair");
        resumed.repair().await.unwrap();
        resumed.add_site("acme".parse().unwrap()).await.unwrap();
    });
    // The other tab heard of the repair, but never met the damage.
    pollster::block_on(manager.journal().refresh()).unwrap();
    manager.journal().compact(ALL);
    let replayed = Ledger::load(identity(1), stores.everything().records());
    assert!(resumes(&stores));
    assert_same(&stores.start(identity(1)), &replayed);
    assert!(!replayed.all_damage().is_empty() && replayed.damage().next().is_none());
}

#[test]
fn a_tab_that_fell_behind_reads_everything_and_goes_on() {
    let stores = Stores::default();
    let empty = tab(&stores, 2, 0);
    let writer = tab(&stores, 1, 0);
    pollster::block_on(writer.add_user("alice".parse().unwrap(), Powers::default())).unwrap();
    let behind = tab(&stores, 3, 0);
    pollster::block_on(writer.generate(NewToken::for_owner("alice".parse().unwrap()))).unwrap();
    pollster::block_on(writer.add_site("acme".parse().unwrap())).unwrap();
    writer.journal().compact(ALL);
    for (tab, site) in [(empty, "one"), (behind, "two")] {
        pollster::block_on(tab.add_site(site.parse().unwrap())).unwrap();
    }
    assert!(verify(stores.everything().records()).is_whole());
    assert_eq!(stores.start(identity(1)).workspace().sites().count(), 3);
}
