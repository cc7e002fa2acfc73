//! Which version of its kind an event is written in.

use super::body::{EventBody, TokenGenerated};
use super::lifecycle::TokensChanged;

/// The version that every kind began with.
pub(super) const FIRST: u32 = 1;

/// The version of events that name the library: a program which does not know it keeps them without reading them.
pub(super) const NAMES_LIBRARY: u32 = 2;

impl EventBody {
    /// The version of its kind that the event is written in: the oldest that has all it says.
    ///
    /// So an event that names nothing of the library has the bytes that it always had, and an older program reads it.
    ///
    /// ```
    /// use tollgate_tokens::{EventBody, TokensChanged};
    ///
    /// let act = TokensChanged { changes: Vec::new(), undoes: None, overrides: None };
    /// assert_eq!(EventBody::TokensChanged(act).version(), 1);
    /// ```
    #[must_use]
    pub fn version(&self) -> u32 {
        let names_library = match self {
            Self::Unknown { version, .. } => return *version,
            Self::TokenGenerated(made) => made_names_library(made),
            Self::TokenRotated(act) => made_names_library(&act.new),
            Self::DeletionUndone(undo) => {
                undo.overrides.is_some() || undo.restored.iter().any(|token| made_names_library(&token.made))
            }
            Self::InvalidationUndone(undo) => undo.overrides.is_some(),
            Self::RotationUndone(undo) => undo.overrides.is_some(),
            Self::TokensTrusted(act) => act.overrides.is_some(),
            Self::TokensChanged(act) => change_names_library(act),
            _ => false,
        };
        if names_library { NAMES_LIBRARY } else { FIRST }
    }
}

const fn made_names_library(made: &TokenGenerated) -> bool {
    made.policy_source.is_some() || made.overrides.is_some()
}

fn change_names_library(act: &TokensChanged) -> bool {
    act.overrides.is_some() || act.changes.iter().any(|change| change.policy_source.is_some())
}
