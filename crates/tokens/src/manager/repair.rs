//! Going on after damage: what was found is recorded, and doubtful tokens are looked at.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::chain::Damage;
use crate::event::{EventBody, JournalRepaired, RepairedEntry, TokensTrusted};
use crate::ids::TokenUid;
use crate::model::{Standing, Workspace};

/// Why nothing was repaired.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RepairError {
    /// No entry is damaged.
    #[error("no entry of the journal is damaged")]
    NothingDamaged,
    /// No token is uncertain.
    #[error("none of these tokens is uncertain")]
    NothingUncertain,
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

/// Decides that tokens are trusted again.
///
/// # Errors
///
/// [`RepairError::NothingUncertain`].
pub fn trust(workspace: &Workspace, tokens: &[TokenUid]) -> Result<(Vec<EventBody>, usize), RepairError> {
    let uncertain = |uid: &TokenUid| workspace.token(*uid).is_some_and(|token| token.standing == Standing::Uncertain);
    let tokens: Vec<TokenUid> = tokens.iter().copied().filter(uncertain).collect();
    let count = tokens.len();
    if count == 0 {
        return Err(RepairError::NothingUncertain);
    }
    Ok((vec![EventBody::TokensTrusted(TokensTrusted { tokens })], count))
}
