//! How two histories stand to each other.

use crate::chain::Ledger;

/// How another history stands to the one that is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// Nothing is here yet.
    Fresh,
    /// They are the same, record for record.
    Same,
    /// The other one goes on where this one ends.
    GoesOn {
        /// How many entries it has more.
        entries: u64,
    },
    /// The other one ends earlier, and this one goes on from there.
    EndsEarlier {
        /// How many entries this one has more.
        entries: u64,
    },
    /// Both begin alike and part at some entry.
    Parted {
        /// The number of the first entry that differs.
        at: u64,
    },
    /// They have no record in common.
    Unrelated,
}

impl Relation {
    /// Compares two histories, record by record. Linear in the shorter one.
    ///
    /// ```
    /// use tollgate_tokens::{Ledger, Relation, test_support::identity};
    ///
    /// let nothing = Ledger::new(identity(1));
    /// assert_eq!(Relation::of(&nothing, &nothing), Relation::Fresh);
    /// ```
    #[must_use]
    pub fn of(here: &Ledger, other: &Ledger) -> Self {
        if here.record_count() == 0 {
            return Self::Fresh;
        }
        let (mut ours, mut theirs) = (here.entries(), other.entries());
        let mut is_related = false;
        loop {
            match (ours.next(), theirs.next()) {
                (Some(our), Some(their)) if our.sequence == their.sequence && our.hash == their.hash => {
                    is_related = true;
                }
                _ if !is_related => return Self::Unrelated,
                (Some(our), Some(their)) => return Self::Parted { at: our.sequence.min(their.sequence) },
                _ => return Self::of_ends(here.next_sequence(), other.next_sequence()),
            }
        }
    }

    /// For histories of which one is the beginning of the other.
    fn of_ends(here: u64, other: u64) -> Self {
        match (other.saturating_sub(here), here.saturating_sub(other)) {
            (0, 0) => Self::Same,
            (0, entries) => Self::EndsEarlier { entries },
            (entries, _) => Self::GoesOn { entries },
        }
    }
}
