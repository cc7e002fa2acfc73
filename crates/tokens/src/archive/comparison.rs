//! What a fingerprint that was kept elsewhere shows.

use std::collections::BTreeSet;

use super::checkpoint::Checkpoint;
use crate::chain::{Damage, Ledger};
use crate::event::EventBody;

/// What a journal has become since a checkpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// Everything up to the checkpoint is as it was.
    Same {
        /// How many entries came after it. Whether there were more cannot be told: for that it is too old.
        since: u64,
    },
    /// The end was cut off behind some entry.
    Cut {
        /// The number of the entry that is the last now; 0 when none is left.
        last: u64,
        /// How many entries the checkpoint knows behind it.
        missing: u64,
    },
    /// Something up to the checkpoint was changed, removed, inserted or put elsewhere.
    Changed {
        /// The number of the first entry that does not follow; `None` where everything does, because the chain was
        /// written anew: then any entry up to the checkpoint may be another.
        first: Option<u64>,
    },
    /// This is another history, from its first entry on.
    OtherHistory,
}

impl Checkpoint {
    /// Says what a chain has become since this checkpoint. Linear in the entries.
    ///
    /// The chain must have been read from what is stored now: a page that has been open for long does not look again.
    #[must_use]
    pub fn compare(&self, ledger: &Ledger) -> Comparison {
        let until = self.head.sequence;
        if ledger.workspace().epoch().is_some_and(|epoch| epoch != self.epoch) {
            return Comparison::OtherHistory;
        }
        if let Some(first) = first_damage(ledger, until) {
            return Comparison::Changed { first: Some(first) };
        }
        let last = ledger.next_sequence().saturating_sub(1);
        if last < until {
            return Comparison::Cut { last, missing: until - last };
        }
        // Hashes link each record to all before it, and none up to here is damaged.
        let is_same = ledger.entries().any(|entry| entry.sequence == until && entry.hash == self.head.hash);
        if is_same { Comparison::Same { since: last - until } } else { Comparison::Changed { first: None } }
    }
}

/// The first damaged entry up to a number that no repair up to that number had recorded.
fn first_damage(ledger: &Ledger, until: u64) -> Option<u64> {
    let before = ledger.entries().take_while(|entry| entry.sequence <= until);
    let repairs = before.filter_map(|entry| match &entry.event.body {
        EventBody::JournalRepaired(repair) => Some(&repair.entries),
        _ => None,
    });
    let known: BTreeSet<(u64, &str)> = repairs.flatten().map(|entry| (entry.sequence, entry.sha256.as_str())).collect();
    let is_known = |damage: &&Damage| known.contains(&(damage.sequence, damage.sha256.to_string().as_str()));
    let unknown = ledger.all_damage().iter().filter(|damage| damage.sequence <= until && !is_known(damage));
    unknown.map(|damage| damage.sequence).min()
}
