//! Which policy tokens were given, and on whose authority. Stored shapes: a change of one needs a new version.

use serde::{Deserialize, Serialize};

use crate::ids::{EventId, GuardrailUid, PolicyUid, TokenUid};

/// Which version of which policy of the library a token's policy is.
///
/// A version is known by the event that saved it: two journals that are joined may both have counted to the same
/// number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicySource {
    /// The policy.
    pub policy: PolicyUid,
    /// The number that the version had when the token was given it, from 1.
    pub version: u32,
    /// The event that saved the version.
    pub saved_by: EventId,
}

/// Which version a token's policy was before an act and after it; `None` is a text of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceChange {
    /// What it was.
    pub before: Option<PolicySource>,
    /// What it is.
    pub after: Option<PolicySource>,
}

/// Guardrails that an act went past, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GuardrailOverride {
    /// The guardrails, each once and in order.
    pub guardrails: Vec<GuardrailUid>,
    /// The reason given.
    pub reason: String,
}

/// Tokens came or changed by an import although they go past guardrails.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GuardrailsOverridden {
    /// The tokens, in the order of their uids.
    pub tokens: Vec<TokenUid>,
    /// The guardrails, and why.
    pub overrides: GuardrailOverride,
}

/// Tokens were given a policy in one act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PoliciesAssigned {
    /// The tokens, those together that had the same policy before.
    pub groups: Vec<AssignedGroup>,
    /// The guardrails that the act went past.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overrides: Option<GuardrailOverride>,
    /// The act that this one undoes, if it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<EventId>,
}

/// Tokens that had one policy before an act, and have another one after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssignedGroup {
    /// What they had.
    pub before: HeldPolicy,
    /// What they have.
    pub after: HeldPolicy,
    /// The tokens, in the order of their numbers.
    pub tokens: Vec<TokenUid>,
}

/// A policy as a token holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeldPolicy {
    /// The JSON text, the way the original stores it.
    pub text: String,
    /// The version of the library that it is; `None` is a text of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<PolicySource>,
}

impl SourceChange {
    /// The change that takes this one back.
    #[must_use]
    pub const fn reversed(self) -> Self {
        Self { before: self.after, after: self.before }
    }
}

impl AssignedGroup {
    /// The group that takes this one back.
    ///
    /// ```
    /// use tollgate_tokens::{AssignedGroup, HeldPolicy};
    ///
    /// let held = |text: &str| HeldPolicy { text: text.to_owned(), source: None };
    /// let group = AssignedGroup { before: held("{}"), after: held("{\"resources\": {}}"), tokens: Vec::new() };
    /// assert_eq!(group.reversed().after, held("{}"));
    /// ```
    #[must_use]
    pub fn reversed(&self) -> Self {
        let Self { before, after, tokens } = self.clone();
        Self { before: after, after: before, tokens }
    }
}
