//! What the database lacks of the mirror, and the mirror of the database. Decides only; reads and writes nothing.
//!
//! INVARIANT: a record is written back only where its hash links it to what lies there, or where nothing lies at all.
//! Two histories are never mixed, and a key that is taken stays as it is.

use std::collections::{BTreeMap, BTreeSet};

use tollgate_tokens::{Epoch, RecordHash, RecordHead, StoredRecord};

/// What to do about records of the mirror that the database lacks.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Plan {
    /// To be written back as they are, by their numbers.
    pub(crate) missing: Vec<RecordHead>,
    /// Do not continue what lies in the database: another history, or something between is gone.
    pub(crate) apart: Vec<RecordHead>,
}

/// Whether the mirror holds a record that the database lacks. Compares what records claim; nothing is hashed.
pub(crate) fn is_behind(stored: &[StoredRecord], mirrored: &[RecordHead]) -> bool {
    let claimed: BTreeSet<RecordHash> = claims(stored).collect();
    mirrored.iter().any(|head| !claimed.contains(&head.hash))
}

/// Whether both copies hold the same records, as far as they claim. Where they do, nothing is missing anywhere.
pub(crate) fn agree(stored: &BTreeSet<RecordHash>, mirrored: &[RecordHead]) -> bool {
    let mirrored: BTreeSet<RecordHash> = mirrored.iter().map(|head| head.hash).collect();
    *stored == mirrored
}

/// The whole records that no mirror file holds. Hashes only what looks as if it were one.
pub(crate) fn unmirrored(stored: &[StoredRecord], mirrored: &[RecordHead]) -> Vec<StoredRecord> {
    let known: BTreeSet<RecordHash> = mirrored.iter().map(|head| head.hash).collect();
    let is_unknown = |record: &&StoredRecord| {
        RecordHead::claimed(&record.bytes).is_some_and(|head| !known.contains(&head.hash))
            // A damaged record is not worth a copy, and would be cut off as a torn one.
            && RecordHead::read(&record.bytes).is_ok()
    };
    stored.iter().filter(is_unknown).cloned().collect()
}

/// Decides what of the mirror is written back. `epoch` is the history that this browser acknowledged last, if it knows.
///
/// Hashes every stored record.
pub(crate) fn plan(stored: &[StoredRecord], mirrored: &[RecordHead], epoch: Option<Epoch>) -> Plan {
    let places: Vec<Place> = stored.iter().map(Place::of).collect();
    let lacked = Lacked::new(&places, mirrored);
    let mut missing: BTreeMap<u64, RecordHead> = BTreeMap::new();
    let mut take = |run: Vec<RecordHead>| {
        let free = run.into_iter().filter(|head| is_free(&places, head));
        missing.extend(free.map(|head| (head.sequence, head)));
    };
    let last_whole = places.iter().filter_map(|place| place.head).next_back();
    for head in places.iter().filter_map(|place| place.head) {
        take(lacked.run_before(head.previous, head.sequence));
    }
    match last_whole {
        Some(last) => take(lacked.continuation(&last)),
        None if places.is_empty() => take(lacked.history(epoch)),
        // Nothing here is whole, so nothing shows which history it was.
        None => {}
    }
    let restored: BTreeSet<RecordHash> = missing.values().map(|head| head.hash).collect();
    let is_damaged_here =
        |head: &RecordHead| places.iter().any(|place| place.head.is_none() && place.sequence == head.sequence);
    let apart = lacked.heads.values().filter(|head| !restored.contains(&head.hash) && !is_damaged_here(head));
    Plan { apart: apart.copied().collect(), missing: missing.into_values().collect() }
}

/// A key of the database and what lies there.
struct Place {
    sequence: u64,
    /// `None` for what is damaged, or not for this program to read.
    head: Option<RecordHead>,
}

impl Place {
    fn of(record: &StoredRecord) -> Self {
        let head = RecordHead::read(&record.bytes).ok().filter(|head| head.sequence == record.sequence);
        Self { sequence: record.sequence, head }
    }

    /// The first number that is free behind it, as far as that can be told.
    fn end(&self) -> u64 {
        self.head.map_or(self.sequence.saturating_add(1), |head| head.end())
    }
}

/// The records of the mirror that the database lacks, by their hashes.
struct Lacked {
    heads: BTreeMap<RecordHash, RecordHead>,
}

impl Lacked {
    fn new(places: &[Place], mirrored: &[RecordHead]) -> Self {
        let stored: BTreeSet<RecordHash> = places.iter().filter_map(|place| place.head).map(|head| head.hash).collect();
        let lacked = mirrored.iter().filter(|head| head.events > 0 && !stored.contains(&head.hash));
        Self { heads: lacked.map(|head| (head.hash, *head)).collect() }
    }

    /// The records that lead up to a link, newest first: each ends where the one behind it begins and is named by it.
    fn run_before(&self, mut link: RecordHash, mut end: u64) -> Vec<RecordHead> {
        let mut run = Vec::new();
        while let Some(head) = self.heads.get(&link).filter(|head| head.end() == end) {
            run.push(*head);
            (link, end) = (head.previous, head.sequence);
        }
        run
    }

    /// Every run that nothing continues, newest first inside.
    fn runs(&self) -> impl Iterator<Item = Vec<RecordHead>> {
        let continued: BTreeSet<RecordHash> = self.heads.values().map(|head| head.previous).collect();
        let tips = self.heads.values().filter(move |head| !continued.contains(&head.hash));
        tips.map(move |tip| self.run_before(tip.hash, tip.end()))
    }

    /// The longest run that continues the last whole record of the database.
    fn continuation(&self, last: &RecordHead) -> Vec<RecordHead> {
        let continues = |run: &Vec<RecordHead>| {
            run.last().is_some_and(|first| first.previous == last.hash && first.sequence == last.end())
        };
        self.runs().filter(continues).max_by_key(|run| run_end(run)).unwrap_or_default()
    }

    /// The best history for an empty database: that of the epoch, else one from its beginning, else the one that ends
    /// last. What its beginning lacks is named as damage when it is read.
    fn history(&self, epoch: Option<Epoch>) -> Vec<RecordHead> {
        let genesis = epoch.map(RecordHash::of_epoch);
        let rank = |run: &Vec<RecordHead>| {
            let first = run.last().filter(|first| first.sequence == 1);
            (first.is_some_and(|first| Some(first.previous) == genesis), first.is_some(), run_end(run))
        };
        self.runs().max_by_key(rank).unwrap_or_default()
    }
}

fn run_end(run: &[RecordHead]) -> u64 {
    run.first().map_or(0, RecordHead::end)
}

/// Whether no stored record lies where this one belongs. Places are in order of their numbers.
fn is_free(places: &[Place], head: &RecordHead) -> bool {
    let behind = places.partition_point(|place| place.sequence < head.end());
    let before = behind.checked_sub(1).and_then(|index| places.get(index));
    before.is_none_or(|place| place.end() <= head.sequence)
}

fn claims(stored: &[StoredRecord]) -> impl Iterator<Item = RecordHash> {
    stored.iter().filter_map(|record| RecordHead::claimed(&record.bytes)).map(|head| head.hash)
}

#[cfg(test)]
mod tests {
    use tollgate_tokens::test_support::identity;
    use tollgate_tokens::verify;

    use super::super::test_support::chain;
    use super::*;

    /// How many users each record of the usual chain adds: 6 records with 1 to 4 events.
    const USERS: [usize; 6] = [1, 3, 1, 2, 4, 1];

    fn heads(records: &[StoredRecord]) -> Vec<RecordHead> {
        records.iter().map(|record| RecordHead::read(&record.bytes).unwrap()).collect()
    }

    /// The records whose bit is set.
    fn some(records: &[StoredRecord], bits: usize) -> Vec<StoredRecord> {
        records
            .iter()
            .enumerate()
            .filter(|(index, _)| (bits >> index) & 1 == 1)
            .map(|(_, record)| record.clone())
            .collect()
    }

    fn places(heads: &[RecordHead]) -> Vec<u64> {
        heads.iter().map(|head| head.sequence).collect()
    }

    /// The database after the plan was carried out.
    fn restored(stored: &[StoredRecord], plan: &Plan, copies: &[StoredRecord]) -> Vec<StoredRecord> {
        let mut all = stored.to_vec();
        for head in &plan.missing {
            let is_it = |copy: &&StoredRecord| RecordHead::read(&copy.bytes).is_ok_and(|found| found == *head);
            all.push(copies.iter().find(is_it).unwrap().clone());
        }
        all.sort_by_key(|record| record.sequence);
        all
    }

    fn damaged(mut record: StoredRecord) -> StoredRecord {
        record.bytes[60] ^= 1;
        record
    }

    #[test]
    fn nothing_is_done_where_nothing_is_missing() {
        let records = chain(1, &USERS);
        for mirrored in [&records[..], &records[2..4], &[]] {
            assert!(!is_behind(&records, &heads(mirrored)));
            assert_eq!(agree(&claims(&records).collect(), &heads(mirrored)), mirrored.len() == records.len());
            assert_eq!(plan(&records, &heads(mirrored), None), Plan::default());
        }
        assert_eq!(plan(&[], &[], Some(identity(1).epoch)), Plan::default());
    }

    #[test]
    fn whole_mirror_restores_whatever_is_missing() {
        let records = chain(1, &USERS);
        let mirrored = heads(&records);
        for bits in 0..1 << records.len() {
            let stored = some(&records, bits);
            let plan = plan(&stored, &mirrored, None);
            assert_eq!(is_behind(&stored, &mirrored), stored.len() < records.len());
            assert!(plan.apart.is_empty(), "{bits:b}");
            assert_eq!(restored(&stored, &plan, &records), records, "{bits:b}");
        }
    }

    /// Every set of records in the database with every set in the mirror.
    #[test]
    fn only_what_fits_is_written_back() {
        let records = chain(1, &USERS);
        for (bits, copies) in (0..64_usize).flat_map(|bits| (0..64_usize).map(move |copies| (bits, copies))) {
            let (stored, mirrored) = (some(&records, bits), heads(&some(&records, copies)));
            let plan = plan(&stored, &mirrored, None);
            let done = restored(&stored, &plan, &records);
            assert!(done.is_sorted_by(|one, next| one.sequence < next.sequence), "{bits:b} {copies:b}: a key twice");
            if !stored.is_empty() && !plan.missing.is_empty() {
                let (before, after) = (verify(stored.clone()).damage, verify(done.clone()).damage);
                assert!(after.len() <= before.len(), "{bits:b} {copies:b}: new damage");
            }
            let again = super::plan(&done, &mirrored, None);
            assert!(again.missing.is_empty(), "{bits:b} {copies:b}: done at once");
            assert_eq!(places(&again.apart), places(&plan.apart), "{bits:b} {copies:b}");
        }
    }

    #[test]
    fn what_does_not_continue_is_told_and_left_alone() {
        let records = chain(1, &USERS);
        let told = plan(&records[..2], &heads(&records[3..]), None);
        assert!(told.missing.is_empty());
        assert_eq!(told.apart.len(), 3);
    }

    #[test]
    fn empty_database_gets_what_there_is_even_without_its_beginning() {
        let records = chain(1, &USERS);
        let told = plan(&[], &heads(&records[2..]), Some(identity(1).epoch));
        assert_eq!(told.missing, heads(&records[2..]));
        let damage = verify(records[2..].to_vec()).damage;
        assert!(damage[0].to_string().contains("are missing"), "{}", damage[0]);
    }

    #[test]
    fn another_history_is_never_mixed_in() {
        let (ours, other) = (chain(1, &USERS), chain(2, &[2; 9]));
        let mirrored: Vec<RecordHead> = heads(&other).into_iter().chain(heads(&ours)).collect();
        let found = plan(&ours[..3], &mirrored, None);
        assert_eq!(found.missing, heads(&ours[3..]));
        assert_eq!(found.apart.len(), other.len());
        let found = plan(&[], &mirrored, Some(identity(1).epoch));
        assert_eq!(found.missing, heads(&ours), "the one that was acknowledged last");
        let found = plan(&[], &mirrored, None);
        assert_eq!(found.missing, heads(&other), "else the one that ends last");
    }

    #[test]
    fn fork_of_the_same_history_is_told_and_left_alone() {
        // The same beginning, and then other users.
        let (ours, other) = (chain(1, &USERS), chain(1, &[1, 3, 5, 1]));
        assert_eq!(ours[1], other[1]);
        let found = plan(&other, &heads(&ours), None);
        assert!(found.missing.is_empty());
        assert_eq!(found.apart.len(), 4);
    }

    /// A page that died before its transaction was complete may leave such a record. It cannot be told from one that was
    /// acknowledged and lost its place when the database was lost.
    #[test]
    fn record_whose_number_another_one_has_is_told_and_left_alone() {
        let (ours, other) = (chain(1, &USERS), chain(1, &[1, 3, 5]));
        let mirrored = [heads(&ours), heads(&other[2..])].concat();
        for stored in 3..=ours.len() {
            let found = plan(&ours[..stored], &mirrored, None);
            assert_eq!(found.missing, heads(&ours[stored..]), "{stored}");
            assert_eq!(found.apart, heads(&other[2..]), "{stored}");
        }
    }

    #[test]
    fn damaged_record_keeps_its_place_and_what_is_missing_behind_it_comes_back() {
        let records = chain(1, &USERS);
        let stored = [records[0].clone(), damaged(records[1].clone())];
        let found = plan(&stored, &heads(&records), None);
        assert_eq!(found.missing, heads(&records[2..]));
        assert!(found.apart.is_empty());
        let alone = [damaged(records[0].clone())];
        let found = plan(&alone, &heads(&records), None);
        assert!(found.missing.is_empty(), "nothing shows which history it was");
    }

    #[test]
    fn mirror_lacks_what_no_file_holds_and_damage_is_not_copied() {
        let records = chain(1, &USERS);
        assert_eq!(unmirrored(&records, &heads(&records[1..4])), [&records[..1], &records[4..]].concat());
        let mut stored = records.clone();
        stored[5] = damaged(stored[5].clone());
        assert!(unmirrored(&stored, &heads(&records[..5])).is_empty());
    }

    #[cfg(not(target_arch = "wasm32"))]
    mod laws {
        use proptest::prelude::*;

        use super::*;
        use crate::mirror::file_format::{Without, frames, parse, without};

        /// The file after its page took this record out.
        fn retracted(mut file: Vec<u8>, record: &StoredRecord) -> Vec<u8> {
            let only = BTreeSet::from([RecordHead::read(&record.bytes).unwrap().hash]);
            if let Some(Without { from, rest }) = without(&file, &only) {
                file.truncate(from);
                file.extend(rest);
            }
            file
        }

        proptest! {
            /// A page whose appends complete, some of them after an attempt that was aborted, and a database that loses
            /// its end afterwards, or everything.
            #[test]
            fn what_was_aborted_never_comes_back_and_what_was_complete_always(
                aborted in proptest::collection::vec(any::<bool>(), USERS.len()),
                left in 0..=USERS.len(),
            ) {
                let ours = chain(1, &USERS);
                let mut file = Vec::new();
                for (index, record) in ours.iter().enumerate() {
                    if aborted[index] {
                        let attempt = chain(1, &[&USERS[..index], &[9][..]].concat()).pop().unwrap();
                        file.extend(frames([attempt.bytes.as_slice()]));
                        file = retracted(file, &attempt);
                    }
                    file.extend(frames([record.bytes.as_slice()]));
                }
                let mirrored: Vec<RecordHead> = parse(&file).records.iter().filter_map(|kept| kept.head).collect();
                let found = plan(&ours[..left], &mirrored, None);
                prop_assert_eq!(found.missing, heads(&ours[left..]));
                prop_assert!(found.apart.is_empty());
            }

            /// Files are read in any order, and tabs may have copied the same record.
            #[test]
            fn order_and_doubles_do_not_matter(
                bits in 0..64_usize,
                picked in proptest::collection::vec(0..12_usize, 0..30),
            ) {
                let (ours, other) = (chain(1, &USERS), chain(2, &USERS));
                let all: Vec<RecordHead> = heads(&ours).into_iter().chain(heads(&other)).collect();
                let mirrored: Vec<RecordHead> = picked.iter().map(|index| all[*index]).collect();
                let mut sorted = mirrored.clone();
                sorted.sort_by_key(|head| head.hash);
                sorted.dedup();
                let stored = some(&ours, bits);
                let epoch = Some(identity(1).epoch);
                let found = plan(&stored, &mirrored, epoch);
                prop_assert_eq!(&found, &plan(&stored, &sorted, epoch));
                let foreign = heads(&other);
                let is_foreign = |head: &RecordHead| foreign.contains(head);
                prop_assert!(stored.is_empty() || !found.missing.iter().any(is_foreign), "never mixed");
                prop_assert!(
                    found.missing.iter().all(is_foreign) || !found.missing.iter().any(is_foreign),
                    "never two histories"
                );
            }
        }
    }
}
