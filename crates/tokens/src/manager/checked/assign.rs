//! Giving tokens a policy: many in one record, with what it changes said first.

use std::collections::BTreeMap;

use tollgate_policy::Policy;

use super::TokenError;
use super::guardrails::{GuardrailBreach, breached_with, go_past};
use super::rules::{check_source, held_text, picked};
use crate::event::{AssignedGroup, EventBody, GuardrailOverride, HeldPolicy, PoliciesAssigned, PolicySource};
use crate::ids::{EventId, TokenUid};
use crate::model::{Token, Workspace, by_policy};

/// Which tokens are given which policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// The tokens.
    pub tokens: Vec<TokenUid>,
    /// What they are given.
    pub policy: NewPolicy,
    /// The guardrails that the act goes past, and why.
    pub overrides: Option<GuardrailOverride>,
}

/// What tokens are given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewPolicy {
    /// A version of the library.
    Named(PolicySource),
    /// A text of its own; it must be one that the service accepts.
    Written(String),
}

/// What an assignment did, or would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assigned {
    /// The tokens that get another policy, those together that had the same.
    pub groups: Vec<AssignedGroup>,
    /// How many of the picked tokens had it already.
    pub unchanged: usize,
    /// The guardrails that the policy goes past with one of the tokens that get another text.
    pub breaches: Vec<GuardrailBreach>,
}

/// What an assignment means for the tokens whose texts change alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyEffect<T> {
    /// The text that they had.
    pub before: String,
    /// The text that they get.
    pub after: String,
    /// The tokens.
    pub tokens: Vec<TokenUid>,
    /// What the comparison said; `None` where one of the texts cannot be read as a policy, as an old one may be.
    pub effect: Option<T>,
}

/// Decides which tokens get another policy.
///
/// Costs as much as [`preview_assignment`].
///
/// # Errors
///
/// Those of [`preview_assignment`], and [`TokenError::Guardrails`] when the policy goes past guardrails that the call does
/// not name.
pub fn assign(workspace: &Workspace, call: &Assignment) -> Result<(Vec<EventBody>, Assigned), TokenError> {
    let assigned = preview_assignment(workspace, call)?;
    let overrides = go_past(&assigned.breaches, call.overrides.as_ref())?;
    let act = PoliciesAssigned { groups: assigned.groups.clone(), overrides, undoes: None };
    Ok((vec![EventBody::PoliciesAssigned(act)], assigned))
}

/// Tells what [`assign`] would do, and which guardrails it would go past.
///
/// Costs a look at each token, one comparison of texts for each distinct one, and one look at all classes of requests for
/// each guardrail that covers a token.
///
/// # Errors
///
/// [`TokenError`] when a token or the version is unknown, the policy is refused, archived, or another one than the
/// library holds, or nothing would change.
pub fn preview_assignment(workspace: &Workspace, call: &Assignment) -> Result<Assigned, TokenError> {
    let after = held_policy(workspace, &call.policy)?;
    let picked = picked(workspace, &call.tokens)?;
    let texts = by_policy(picked.iter().copied());
    let groups: Vec<AssignedGroup> = texts.iter().flat_map(|(text, tokens)| groups(text, tokens, &after)).collect();
    if groups.is_empty() {
        return Err(TokenError::NothingToChange);
    }
    let others = texts.iter().filter(|(text, _)| *after.text != ***text);
    let breaches = breached_with(workspace, &after.text, others.flat_map(|(_, tokens)| tokens).copied());
    Ok(Assigned { unchanged: picked.len() - count(&groups), groups, breaches })
}

impl Assigned {
    /// How many tokens get another policy.
    #[must_use]
    pub fn changed(&self) -> usize {
        count(&self.groups)
    }

    /// The exact effect on every token: what `compare` says of its policy before and after.
    ///
    /// `compare` is asked once for each pair of texts, however many tokens have them.
    ///
    /// ```
    /// use tollgate_tokens::checked::Assigned;
    /// use tollgate_tokens::{AssignedGroup, HeldPolicy, TokenUid};
    ///
    /// let held = |text: &str| HeldPolicy { text: text.to_owned(), source: None };
    /// let (before, after) = (held("{}"), held(r#"{"resources": {"*": {"block": ["DELETE"]}}}"#));
    /// let tokens = (1..=3).map(|number| TokenUid::from_bytes([number; 16])).collect();
    /// let groups = vec![AssignedGroup { before, after, tokens }];
    /// let assigned = Assigned { groups, unchanged: 0, breaches: Vec::new() };
    /// let effects = assigned.effects(|before, after| (before.rule_sets().len(), after.rule_sets().len()));
    /// assert_eq!(effects.iter().map(|effect| (effect.tokens.len(), effect.effect)).collect::<Vec<_>>(), [
    ///     (3, Some((0, 1))),
    /// ]);
    /// ```
    pub fn effects<T>(&self, mut compare: impl FnMut(&Policy, &Policy) -> T) -> Vec<PolicyEffect<T>> {
        let mut places: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        let mut effects: Vec<PolicyEffect<T>> = Vec::new();
        for AssignedGroup { before, after, tokens } in &self.groups {
            let (before, after) = (before.text.as_str(), after.text.as_str());
            let place = *places.entry((before, after)).or_insert(effects.len());
            if let Some(known) = effects.get_mut(place) {
                known.tokens.extend(tokens);
                continue;
            }
            let policies = Policy::stored(before).zip(Policy::stored(after));
            effects.push(PolicyEffect {
                before: before.to_owned(),
                after: after.to_owned(),
                tokens: tokens.clone(),
                effect: policies.map(|(before, after)| compare(&before, &after)),
            });
        }
        effects
    }
}

/// The policy as the tokens will hold it.
fn held_policy(workspace: &Workspace, policy: &NewPolicy) -> Result<HeldPolicy, TokenError> {
    match policy {
        NewPolicy::Written(text) => Ok(HeldPolicy { text: held_text(text)?, source: None }),
        NewPolicy::Named(source) => {
            let unknown = TokenError::UnknownPolicyVersion { policy: source.policy, version: source.version };
            let (_, version) = workspace.library().version_of(source).ok_or(unknown)?;
            let text = held_text(&version.text)?;
            Ok(HeldPolicy { source: check_source(workspace, Some(source), &text)?, text })
        }
    }
}

/// The tokens with one text, those together that hold the same version, as far as there is anything to do.
fn groups(text: &str, tokens: &[&Token], after: &HeldPolicy) -> Vec<AssignedGroup> {
    let mut by_source: BTreeMap<Option<PolicySource>, Vec<TokenUid>> = BTreeMap::new();
    for token in tokens {
        by_source.entry(token.policy_source).or_default().push(token.uid);
    }
    let group = |(source, tokens)| AssignedGroup {
        before: HeldPolicy { text: text.to_owned(), source },
        after: after.clone(),
        tokens,
    };
    by_source.into_iter().map(group).filter(|group| is_change(&group.before, after)).collect()
}

/// Whether there is anything to do. A text that is named for no version stays what it is where it is there already.
fn is_change(before: &HeldPolicy, after: &HeldPolicy) -> bool {
    let version = |held: &HeldPolicy| -> Option<EventId> { held.source.map(|source| source.saved_by) };
    before.text != after.text || (after.source.is_some() && version(before) != version(after))
}

fn count(groups: &[AssignedGroup]) -> usize {
    groups.iter().map(|group| group.tokens.len()).sum()
}
