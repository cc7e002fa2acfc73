//! Checks a whole chain again from its bytes.

use super::damage::Damage;
use super::ledger::{Identity, Ledger};
use super::record::{RecordHash, StoredRecord};
use crate::ids::{Epoch, ReplicaId};

/// What a check of the whole chain found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// How many records there are.
    pub records: u64,
    /// How many events they hold.
    pub events: u64,
    /// The hash of the newest record: the fingerprint of all before it.
    pub head: Option<RecordHash>,
    /// Damage that no repair has recorded.
    pub damage: Vec<Damage>,
    /// Damage that a repair has recorded.
    pub repaired: Vec<Damage>,
}

impl Verification {
    /// Whether every record follows from the one before, but for damage that was repaired.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.damage.is_empty()
    }
}

/// Checks hashes, links, places and events of a chain, from its first record on.
///
/// A cut-off end cannot be seen here: only a fingerprint that was kept elsewhere shows it.
/// Linear in the bytes.
#[must_use]
pub fn verify(records: impl IntoIterator<Item = StoredRecord>) -> Verification {
    let nobody = Identity { replica: ReplicaId::from_bytes([0; 16]), epoch: Epoch::from_bytes([0; 16]) };
    let ledger = Ledger::load(nobody, records);
    let is_repaired = |found: &Damage| ledger.workspace().is_repaired(found.sequence, &found.sha256.to_string());
    let (repaired, damage) = ledger.all_damage().iter().cloned().partition(is_repaired);
    Verification {
        records: ledger.record_count(),
        events: ledger.entries().len() as u64,
        head: ledger.base().map(|base| base.hash),
        damage,
        repaired,
    }
}
