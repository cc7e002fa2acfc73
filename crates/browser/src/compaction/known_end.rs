//! The end of the journal as the snapshot knows it. A chain without its end is whole, so only what lies beside it shows
//! that something was cut off.

use tollgate_inventory::Head;
use tollgate_tokens::{Epoch, Ledger};

use super::current::Current;
use crate::open::StartWarning;

/// Where the journal ended when the snapshot that counts was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct KnownEnd {
    head: Head,
    epoch: Option<Epoch>,
}

impl KnownEnd {
    /// What the value `current` of the store `meta` says of it; `None` when it cannot be read.
    pub(crate) fn of(current: &[u8]) -> Option<Self> {
        let Current { manifest, .. } = Current::from_bytes(current)?;
        Some(Self { head: manifest.head, epoch: manifest.epoch })
    }

    /// Says what a journal lacks of what the snapshot was made of. The ledger must have been read from its first record
    /// on: what is damaged is known then, and reported as that and not here.
    pub(crate) fn compare(&self, ledger: &Ledger) -> Option<StartWarning> {
        let (expected_next, found_next) = (self.head.next_sequence, ledger.next_sequence());
        let other = StartWarning::OtherThanSnapshot { expected_next, found_next };
        if ledger.workspace().epoch().is_some_and(|found| self.epoch.is_some_and(|known| known != found)) {
            return Some(other);
        }
        let last = expected_next.saturating_sub(1);
        let newest = ledger.entries().rev().find(|entry| entry.sequence <= last);
        match newest.filter(|entry| entry.sequence == last) {
            Some(entry) => (entry.hash != self.head.hash).then_some(other),
            None if found_next > last || self.is_damaged(ledger) => None,
            None => Some(StartWarning::BehindSnapshot { expected_next, found_next }),
        }
    }

    /// Whether something that cannot be read lies where the newest record lay. How long it is nobody knows.
    fn is_damaged(&self, ledger: &Ledger) -> bool {
        ledger.all_damage().iter().any(|damage| damage.sequence == self.head.sequence && !damage.bytes.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use tollgate_inventory::Snapshot;
    use tollgate_tokens::StoredRecord;
    use tollgate_tokens::test_support::identity;

    use super::*;
    use crate::mirror::test_support::chain;

    /// How many users each record of the usual chain adds, and where the first of them end.
    const USERS: [usize; 4] = [1, 3, 1, 3];
    const ENDS: [u64; 5] = [0, 2, 5, 6, 9];

    fn read(records: &[StoredRecord]) -> Ledger {
        Ledger::load(identity(9), records.iter().cloned())
    }

    /// What a snapshot knows that was made of these records.
    fn known(records: &[StoredRecord]) -> KnownEnd {
        let ledger = read(records);
        let Snapshot { manifest, .. } = Snapshot::encode(ledger.workspace(), Head::of(&ledger).unwrap()).unwrap();
        KnownEnd::of(&Current { generation: 1, manifest }.to_bytes()).unwrap()
    }

    #[test]
    fn an_end_is_missed_as_far_as_the_snapshot_knows_it() {
        let records = chain(1, &USERS);
        for until in 1..=records.len() {
            for left in 0..=records.len() {
                let told = known(&records[..until]).compare(&read(&records[..left]));
                let (expected_next, found_next) = (ENDS[until] + 1, ENDS[left] + 1);
                let missed = StartWarning::BehindSnapshot { expected_next, found_next };
                assert_eq!(told, (left < until).then_some(missed), "{left} records left, and {until} known");
            }
        }
    }

    #[test]
    fn another_history_and_another_end_of_the_same_are_told() {
        let known = known(&chain(1, &USERS));
        // The same beginning, and then other users.
        let (fork, other) = (chain(1, &[1, 3, 5, 1]), chain(2, &USERS));
        let of = |found_next| Some(StartWarning::OtherThanSnapshot { expected_next: 10, found_next });
        assert_eq!(known.compare(&read(&fork)), of(12));
        assert_eq!(known.compare(&read(&other)), of(10));
        assert_eq!(known.compare(&read(&other[..1])), of(3), "it is no end of this one");
        let missed = StartWarning::BehindSnapshot { expected_next: 10, found_next: 6 };
        assert_eq!(known.compare(&read(&fork[..2])), Some(missed));
    }

    #[test]
    fn what_is_damaged_is_reported_as_that() {
        let records = chain(1, &USERS);
        for index in 0..records.len() {
            // Any byte of an event, and the lowest one of how many there are.
            for byte in [60, 5] {
                let mut damaged = records.clone();
                damaged[index].bytes[byte] ^= 1;
                let ledger = read(&damaged);
                assert_eq!(ledger.damage().count(), 1);
                assert_eq!(known(&records).compare(&ledger), None, "record {index}, byte {byte}");
            }
        }
        let holed = [&records[..1], &records[2..]].concat();
        assert_eq!(known(&records[..2]).compare(&read(&holed)), None, "entries up to 5 are reported as missing");
    }

    #[test]
    fn what_is_no_snapshot_knows_nothing() {
        assert_eq!(KnownEnd::of(b""), None);
        assert_eq!(KnownEnd::of(b"something else that is long enough to be one"), None);
    }

    #[cfg(not(target_arch = "wasm32"))]
    mod laws {
        use proptest::prelude::*;
        use tollgate_tokens::test_support::noon;
        use tollgate_tokens::{EventBody, NewEvent, Segment, UserRecord};

        use super::*;
        use crate::compaction::test_support::{Stores, TabManager, tab};

        /// Adds a record for each number, with so many users in it.
        fn add(manager: &TabManager, what: &str, counts: &[usize]) {
            for (record, count) in counts.iter().enumerate() {
                let event = |user: usize| {
                    let username = format!("{what}-{record}-{user}").parse().unwrap();
                    let body = EventBody::UserAdded(UserRecord { username, active: true, superuser: false });
                    NewEvent::Here { at: noon(), by: None, body }
                };
                pollster::block_on(manager.append((0..*count).map(event).collect())).unwrap();
            }
        }

        /// Cuts off every record from a number on, wherever it lies.
        fn cut(stores: &Stores, from: u64) {
            stores.touch(|contents| {
                contents.journal.retain(|sequence, _| *sequence < from);
                contents.segment.retain(|sequence, _| *sequence < from);
                for (sequence, bytes) in &mut contents.segment {
                    let mut records = Segment { sequence: *sequence, bytes: bytes.clone() }.unpack();
                    records.retain(|record| record.sequence < from);
                    *bytes = Segment::pack(&records).unwrap().bytes;
                }
            });
        }

        proptest! {
            #[test]
            fn a_cut_is_told_whenever_the_snapshot_was_made_of_what_it_took(
                before in prop::collection::vec(1_usize..5, 1..12),
                behind in prop::collection::vec(1_usize..5, 0..6),
                steps in 0_usize..8,
                at in any::<usize>(),
            ) {
                let stores = Stores::default();
                let manager = tab(&stores, 1, 0);
                add(&manager, "before", &before);
                manager.journal().compact(steps);
                let known = stores.touch(|contents| contents.current.as_deref().and_then(KnownEnd::of));
                add(&manager, "behind", &behind);

                let records = stores.everything().records();
                let left = at % (records.len() + 1);
                let from = records.get(left).map_or(u64::MAX, |record| record.sequence);
                cut(&stores, from);
                prop_assert_eq!(stores.everything().records(), records[..left].to_vec());

                let expected = known.filter(|known| from <= known.head.sequence).map(|known| {
                    let (expected_next, found_next) = (known.head.next_sequence, read(&records[..left]).next_sequence());
                    StartWarning::BehindSnapshot { expected_next, found_next }
                });
                prop_assert_eq!(stores.told(), expected);
            }
        }
    }
}
