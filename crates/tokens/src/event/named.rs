//! Which tokens, and which policy of the library, an event is about, and which guardrails it went past.

use super::{EventBody, GuardrailOverride};
use crate::ids::{PolicyUid, TokenUid};

impl EventBody {
    /// The tokens that the event makes or touches, in its own order; none for a kind that is not known.
    ///
    /// ```
    /// use tollgate_tokens::{EventBody, TokenTried, TokenUid};
    ///
    /// let uid = TokenUid::from_bytes([7; 16]);
    /// assert_eq!(EventBody::TokenUsed(TokenTried { uid }).tokens().collect::<Vec<_>>(), [uid]);
    /// ```
    pub fn tokens(&self) -> Box<dyn Iterator<Item = TokenUid> + '_> {
        match self {
            Self::TokenGenerated(made) => Box::new(std::iter::once(made.uid)),
            Self::TokensInvalidated(act) => Box::new(act.tokens.iter().copied()),
            Self::InvalidationUndone(undo) => Box::new(undo.restored.iter().map(|token| token.uid)),
            Self::TokensTrusted(trusted) => Box::new(trusted.tokens.iter().copied()),
            Self::TokensChanged(act) => Box::new(act.changes.iter().map(|change| change.uid)),
            Self::PoliciesAssigned(act) => Box::new(act.groups.iter().flat_map(|group| group.tokens.iter().copied())),
            Self::TokensDeleted(act) => Box::new(act.tokens.iter().copied()),
            Self::DeletionUndone(undo) => Box::new(undo.restored.iter().map(|token| token.made.uid)),
            Self::GuardrailsOverridden(act) => Box::new(act.tokens.iter().copied()),
            Self::TokenRotated(act) => Box::new([act.old, act.new.uid].into_iter()),
            Self::RotationUndone(undo) => Box::new([undo.old, undo.new].into_iter()),
            Self::TokenUsed(tried) | Self::ExpiredTokenTried(tried) => Box::new(std::iter::once(tried.uid)),
            Self::SecretRevealed(revealed) => Box::new(std::iter::once(revealed.uid)),
            Self::WorkspaceCreated(_)
            | Self::UserAdded(_)
            | Self::UserChanged(_)
            | Self::UserRemoved(_)
            | Self::SiteAdded(_)
            | Self::SiteRemoved(_)
            | Self::SettingsChanged(_)
            | Self::PolicySaved(_)
            | Self::PolicyRenamed(_)
            | Self::PolicyArchived(_)
            | Self::PolicyRestored(_)
            | Self::PolicyTestsChanged(_)
            | Self::GuardrailAdded(_)
            | Self::GuardrailChanged(_)
            | Self::GuardrailRemoved(_)
            | Self::CatalogImported(_)
            | Self::CatalogRemoved(_)
            | Self::JournalRepaired(_)
            | Self::Unknown { .. } => Box::new(std::iter::empty()),
        }
    }

    /// The policy of the library that the event makes or changes; none for an act on tokens that only names one.
    ///
    /// ```
    /// use tollgate_tokens::{EventBody, PolicyUid};
    ///
    /// let uid = PolicyUid::from_bytes([7; 16]);
    /// assert_eq!(EventBody::PolicyArchived(uid).policy(), Some(uid));
    /// ```
    #[must_use]
    pub fn policy(&self) -> Option<PolicyUid> {
        match self {
            Self::PolicySaved(saved) => Some(saved.policy),
            Self::PolicyRenamed(renamed) => Some(renamed.policy),
            Self::PolicyArchived(policy) | Self::PolicyRestored(policy) => Some(*policy),
            Self::PolicyTestsChanged(act) => Some(act.version.policy),
            _ => None,
        }
    }

    /// The guardrails that the act went past, with the reason; none where it went past none.
    ///
    /// ```
    /// use tollgate_tokens::{EventBody, TokensChanged};
    ///
    /// let act = TokensChanged { changes: Vec::new(), undoes: None, overrides: None };
    /// assert!(EventBody::TokensChanged(act).overrides().is_none());
    /// ```
    #[must_use]
    pub fn overrides(&self) -> Option<&GuardrailOverride> {
        match self {
            Self::TokenGenerated(made) => made.overrides.as_ref(),
            Self::TokensChanged(act) => act.overrides.as_ref(),
            Self::PoliciesAssigned(act) => act.overrides.as_ref(),
            Self::DeletionUndone(undo) => undo.overrides.as_ref(),
            Self::InvalidationUndone(undo) => undo.overrides.as_ref(),
            Self::RotationUndone(undo) => undo.overrides.as_ref(),
            Self::TokensTrusted(act) => act.overrides.as_ref(),
            Self::GuardrailsOverridden(act) => Some(&act.overrides),
            _ => None,
        }
    }
}
