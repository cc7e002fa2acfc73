//! Deciding one request with everything that was asked on the way.

use serde::Serialize;
use tollgate_policy::{CompiledPolicy, Effect, Place, StepOutcome, TrailStep};

use crate::decide::{Because, DecideCall, RequestShape, accepted, because};
use crate::finding::{RefusedPolicy, SpanShape};
use crate::utf16::Utf16Offsets;

/// A decision and its reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ExplainAnswer {
    /// The request goes through.
    Allowed {
        /// The rule that decides.
        because: Because,
        /// What was asked, in order.
        trail: Vec<StepShape>,
    },
    /// The server answers 403.
    Denied {
        /// The rule that decides.
        because: Because,
        /// What was asked, in order.
        trail: Vec<StepShape>,
    },
    /// The policy itself is refused, so that it decides nothing.
    PolicyRefused(RefusedPolicy),
}

/// One rule set that was asked, or would have been.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StepShape {
    /// What it is about: `item`, `resource`, `everything` or `default`.
    pub place: &'static str,
    /// What it said: `missing`, `silent`, `decides` or `notAsked`.
    pub outcome: &'static str,
    /// Where it stands, as a JSON pointer, if it is there.
    pub pointer: Option<String>,
    /// Where it stands in the text, if it is there.
    pub span: Option<SpanShape>,
}

/// Decides a request and says what was asked on the way. Linear in the policy's length.
#[must_use]
pub fn explain(call: &DecideCall) -> ExplainAnswer {
    let policy = match accepted(&call.policy) {
        Ok(policy) => policy,
        Err(refused) => return ExplainAnswer::PolicyRefused(refused),
    };
    let RequestShape { policy_id, method, item_id } = &call.request;
    let why = tollgate_policy::explain(&CompiledPolicy::new(&policy), policy_id, method, item_id.as_deref());
    let offsets = Utf16Offsets::new(&call.policy, why.trail.iter().filter_map(|step| step.span));
    let trail = why.trail.iter().map(|step| shape(step, &offsets)).collect();
    let because = because(&call.policy, why.decision, why.pointer, why.span);
    match why.decision.effect {
        Effect::Allow => ExplainAnswer::Allowed { because, trail },
        Effect::Deny => ExplainAnswer::Denied { because, trail },
    }
}

fn shape(step: &TrailStep, offsets: &Utf16Offsets) -> StepShape {
    StepShape {
        place: match &step.place {
            Some(Place::Item { .. }) => "item",
            Some(Place::Resource { .. }) => "resource",
            Some(Place::Everything) => "everything",
            None => "default",
        },
        outcome: match step.outcome {
            StepOutcome::Missing => "missing",
            StepOutcome::Silent => "silent",
            StepOutcome::Decides { .. } => "decides",
            StepOutcome::NotAsked => "notAsked",
        },
        pointer: step.pointer.as_ref().map(ToString::to_string),
        span: step.span.map(|span| offsets.span(span)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trail_tells_every_place_in_order() {
        let policy = r#"{"resources": {"*": {"block": ["GET"]}, "review": {"*": {"allow": ["PUT"]}}}}"#.to_owned();
        let request =
            RequestShape { policy_id: "review".to_owned(), method: "GET".to_owned(), item_id: Some("7".to_owned()) };
        let ExplainAnswer::Denied { because, trail } = explain(&DecideCall { policy, request }) else {
            panic!("the request goes through");
        };
        assert_eq!(because.row, 9);
        let told: Vec<(&str, &str)> = trail.iter().map(|step| (step.place, step.outcome)).collect();
        let expected =
            [("item", "missing"), ("resource", "silent"), ("everything", "decides"), ("default", "notAsked")];
        assert_eq!(told, expected);
    }
}
