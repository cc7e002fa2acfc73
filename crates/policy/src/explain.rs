//! Why a policy decides as it does: every rule set that was asked, in order, and what it said.

use serde::Serialize;

use crate::compile::CompiledPolicy;
use crate::eval::{Decision, Effect, PrecedenceRow};
use crate::ids::{ItemId, PolicyId};
use crate::pointer::JsonPointer;
use crate::policy::{Place, RuleSet};
use crate::span::{Span, to_index};

/// A decision with its reasons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Explanation {
    /// The decision.
    pub decision: Decision,
    /// The row of the table of precedence, in words.
    pub reason: &'static str,
    /// The entry that decides, in the document.
    pub pointer: Option<JsonPointer>,
    /// The entry that decides, in the text.
    pub span: Option<Span>,
    /// What was asked, in order: the rules for the item, for the resource, for everything, then the default.
    pub trail: Vec<TrailStep>,
}

/// One rule set that was asked, or would have been.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TrailStep {
    /// Which requests the rule set is about; none for the default.
    pub place: Option<Place>,
    /// Where it stands in the document, if it is there.
    pub pointer: Option<JsonPointer>,
    /// Where it stands in the text, if it is there.
    pub span: Option<Span>,
    /// What it said.
    pub outcome: StepOutcome,
}

/// What a rule set said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum StepOutcome {
    /// The policy has no such rule set.
    Missing,
    /// It says nothing about the method.
    Silent,
    /// It decides.
    Decides {
        /// The decision.
        effect: Effect,
        /// The row of the table of precedence.
        row: PrecedenceRow,
    },
    /// An earlier one has decided.
    NotAsked,
}

/// Decides as [`CompiledPolicy::decide`] does, and says why.
///
/// Costs a walk over the rule sets of the policy.
///
/// ```
/// use tollgate_policy::{Catalog, CompiledPolicy, StepOutcome, check, explain};
///
/// let policy = check(r#"{"resources": {"*": {"block": ["PUT"]}}}"#, Catalog::review_board_8_1()).policy();
/// let explanation = explain(&CompiledPolicy::new(&policy.ok_or("refused")?), "review", "PUT", Some("7"));
/// assert_eq!(explanation.pointer.map(|pointer| pointer.to_string()).as_deref(), Some("/resources/*/block/0"));
/// assert_eq!(explanation.trail[0].outcome, StepOutcome::Missing);
/// # Ok::<(), &str>(())
/// ```
pub fn explain(policy: &CompiledPolicy, policy_id: &str, method: &str, item_id: Option<&str>) -> Explanation {
    let decision = policy.decide(policy_id, method, item_id);
    let mut is_decided = false;
    let mut trail: Vec<TrailStep> =
        places(policy_id, item_id).into_iter().map(|place| step(policy, place, decision, &mut is_decided)).collect();
    let outcome = if is_decided { StepOutcome::NotAsked } else { decides(decision) };
    trail.push(TrailStep { place: None, pointer: None, span: None, outcome });
    Explanation {
        decision,
        reason: decision.row.describe(),
        pointer: policy.pointer(&decision),
        span: policy.span(&decision),
        trail,
    }
}

fn places(policy_id: &str, item_id: Option<&str>) -> Vec<Place> {
    let policy_id = PolicyId::from(policy_id);
    let item = item_id
        .filter(|item_id| *item_id != "*")
        .map(|item_id| Place::Item { policy_id: policy_id.clone(), item_id: ItemId::from(item_id) });
    item.into_iter().chain([Place::Resource { policy_id }, Place::Everything]).collect()
}

fn step(policy: &CompiledPolicy, place: Place, decision: Decision, is_decided: &mut bool) -> TrailStep {
    let rules = find(policy, &place);
    let decider = decision.rule.and_then(|rule| policy.policy().rule_sets().get(to_index(rule.rule_set)));
    let outcome = match rules {
        None => StepOutcome::Missing,
        Some(_) if *is_decided => StepOutcome::NotAsked,
        Some(rules) if decider.is_some_and(|decider| decider.place() == rules.place()) => {
            *is_decided = true;
            decides(decision)
        }
        Some(_) => StepOutcome::Silent,
    };
    TrailStep {
        pointer: rules.map(|rules| rules.place().pointer()),
        span: rules.map(RuleSet::span),
        place: Some(place),
        outcome,
    }
}

fn find<'p>(policy: &'p CompiledPolicy, place: &Place) -> Option<&'p RuleSet> {
    policy.policy().rule_sets().iter().find(|rules| rules.place() == place)
}

fn decides(decision: Decision) -> StepOutcome {
    StepOutcome::Decides { effect: decision.effect, row: decision.row }
}
