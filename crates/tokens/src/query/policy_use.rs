//! Who uses a policy of the library.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::event::PolicySource;
use crate::ids::{EventId, PolicyUid};
use crate::manager::checked::held_text;
use crate::model::{Token, Workspace};

/// A token whose policy is a version of the library.
#[derive(Debug, Clone, Copy)]
pub struct PolicyUse<'w> {
    /// The token.
    pub token: &'w Arc<Token>,
    /// The version as the token names it.
    pub source: PolicySource,
    /// The number that the version has here; `None` where the entry that saved it was lost.
    pub version: Option<u32>,
    /// Whether there is no newer version.
    pub is_newest: bool,
    /// Whether the token holds the text of the version. It always does, unless somebody else's program wrote the
    /// journal: then it uses the version by name only.
    pub is_as_saved: bool,
}

/// The tokens that use a policy, in any version, in the order of their numbers.
///
/// Exact: a token uses the version that it was given until it is given something else. Costs a look at every token of
/// the workspace, and reading each version that is used.
///
/// ```
/// use tollgate_tokens::{PolicyUid, Workspace, used_by};
///
/// assert!(used_by(&Workspace::default(), PolicyUid::from_bytes([7; 16])).is_empty());
/// ```
#[must_use]
pub fn used_by(workspace: &Workspace, policy: PolicyUid) -> Vec<PolicyUse<'_>> {
    let newest = workspace.library().policy(policy).and_then(|policy| policy.newest()).map(|newest| newest.saved_by);
    let mut texts: BTreeMap<EventId, Option<String>> = BTreeMap::new();
    let mut uses = Vec::new();
    for token in workspace.tokens() {
        let Some(source) = token.policy_source.filter(|source| source.policy == policy) else { continue };
        let version = workspace.library().version_of(&source).map(|(_, version)| version);
        let text =
            texts.entry(source.saved_by).or_insert_with(|| version.and_then(|version| held_text(&version.text).ok()));
        uses.push(PolicyUse {
            token,
            source,
            version: version.map(|version| version.number),
            is_newest: newest == Some(source.saved_by),
            is_as_saved: text.as_deref() == Some(&*token.policy),
        });
    }
    uses
}

/// How many tokens use each policy, in any version; those that nobody uses are left out. One look at every token.
#[must_use]
pub fn use_counts(workspace: &Workspace) -> BTreeMap<PolicyUid, usize> {
    let mut counts = BTreeMap::new();
    for source in workspace.tokens().filter_map(|token| token.policy_source) {
        *counts.entry(source.policy).or_default() += 1;
    }
    counts
}
