//! Names of workspaces.

use tollgate_browser::OsEntropy;
use tollgate_tokens::Entropy as _;

/// A name that no other run used, so that a kept profile changes nothing.
pub fn fresh(story: &str) -> String {
    let mut bytes = [0; 8];
    OsEntropy.fill(&mut bytes).unwrap();
    format!("{story}-{:x}", u64::from_le_bytes(bytes))
}
