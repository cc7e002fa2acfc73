//! Going on after damage: what was found is recorded.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::chain::Damage;
use crate::event::{EventBody, JournalRepaired, RepairedEntry};

/// Why nothing was repaired.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RepairError {
    /// No entry is damaged.
    #[error("no entry of the journal is damaged")]
    NothingDamaged,
}

/// Decides a repair: one event that carries every damaged entry's bytes and hash.
///
/// # Errors
///
/// [`RepairError::NothingDamaged`].
pub fn repair(damage: &[Damage]) -> Result<(Vec<EventBody>, usize), RepairError> {
    if damage.is_empty() {
        return Err(RepairError::NothingDamaged);
    }
    let entries: Vec<RepairedEntry> = damage
        .iter()
        .map(|found| RepairedEntry {
            sequence: found.sequence,
            reason: found.reason.to_string(),
            bytes: STANDARD.encode(&found.bytes),
            sha256: found.sha256.to_string(),
        })
        .collect();
    let count = entries.len();
    Ok((vec![EventBody::JournalRepaired(JournalRepaired { entries })], count))
}
