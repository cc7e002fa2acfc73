//! The language, written down as plainly as it can be: the meaning that every faster way must agree with.

use crate::eval::{Decision, Effect, PrecedenceRow, RuleRef};
use crate::ids::Method;
use crate::policy::{ListName, Place, Policy};
use crate::span::to_offset;

/// Decides by walking over the whole policy, in the words of the specification.
///
/// For tests and for readers; programs use [`CompiledPolicy::decide`](crate::CompiledPolicy::decide).
///
/// ```
/// use tollgate_policy::{Effect, Policy, reference};
///
/// let decision = reference::decide(&Policy::full_access(), "review", "GET", None);
/// assert_eq!((decision.effect, decision.row.number()), (Effect::Allow, 13));
/// ```
pub fn decide(policy: &Policy, policy_id: &str, method: &str, item_id: Option<&str>) -> Decision {
    let item = item_id
        .filter(|item_id| *item_id != "*")
        .map(|item_id| Place::Item { policy_id: policy_id.into(), item_id: item_id.into() });
    let places = [item, Some(Place::Resource { policy_id: policy_id.into() }), Some(Place::Everything)];
    let questions = [
        (ListName::Block, method, Effect::Deny),
        (ListName::Allow, method, Effect::Allow),
        (ListName::Block, Method::ANY, Effect::Deny),
        (ListName::Allow, Method::ANY, Effect::Allow),
    ];
    let mut rows = PrecedenceRow::ALL.into_iter();
    for place in places {
        for (list, wanted, effect) in questions {
            let row = rows.next().unwrap_or(PrecedenceRow::NothingMatches);
            for (rule_set, rules) in policy.rule_sets().iter().enumerate() {
                let entry = rules.list(list).iter().find(|entry| entry.method().as_str() == wanted);
                if let Some(entry) = entry.filter(|_| Some(rules.place()) == place.as_ref()) {
                    let rule = RuleRef { rule_set: to_offset(rule_set), list, entry: entry.index() };
                    return Decision { effect, rule: Some(rule), row };
                }
            }
        }
    }
    Decision::DEFAULT
}
