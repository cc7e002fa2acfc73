//! Deciding one request.

use serde::{Deserialize, Serialize};
use tollgate_policy::{Catalog, CompiledPolicy, Decision, JsonPointer, Policy, Span};

use crate::finding::{RefusedPolicy, SpanShape, refusal};
use crate::utf16::Utf16Offsets;

/// A policy and a request to decide.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DecideCall {
    /// The policy text.
    pub policy: String,
    /// The request.
    pub request: RequestShape,
}

/// A request as a policy sees it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RequestShape {
    /// The policy id of the resource, such as `review_request`.
    pub policy_id: String,
    /// The HTTP method, in capitals.
    pub method: String,
    /// The item; none asks for the list.
    #[serde(default)]
    pub item_id: Option<String>,
}

/// What a policy says to a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum DecideAnswer {
    /// The request goes through.
    Allowed {
        /// The rule that decides.
        because: Because,
    },
    /// The server answers 403.
    Denied {
        /// The rule that decides.
        because: Because,
    },
    /// The policy itself is refused, so that it decides nothing.
    PolicyRefused(RefusedPolicy),
}

/// The rule that decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Because {
    /// The row of the table of precedence, 1 to 13.
    pub row: u8,
    /// That row in words.
    pub reason: &'static str,
    /// The entry that decides, as a JSON pointer; none when no rule says anything.
    pub pointer: Option<String>,
    /// The entry that decides, in the text.
    pub span: Option<SpanShape>,
}

/// Decides a request. Linear in the policy's length.
///
/// ```
/// use tollgate_js_api::{DecideAnswer, DecideCall, RequestShape, decide};
///
/// let request = RequestShape { policy_id: "review".to_owned(), method: "PUT".to_owned(), item_id: None };
/// let policy = r#"{"resources": {"*": {"block": ["PUT"]}}}"#.to_owned();
/// let DecideAnswer::Denied { because } = decide(&DecideCall { policy, request }) else { return };
/// assert_eq!(because.pointer.as_deref(), Some("/resources/*/block/0"));
/// ```
#[must_use]
pub fn decide(call: &DecideCall) -> DecideAnswer {
    let policy = match accepted(&call.policy) {
        Ok(policy) => policy,
        Err(refused) => return DecideAnswer::PolicyRefused(refused),
    };
    let compiled = CompiledPolicy::new(&policy);
    let RequestShape { policy_id, method, item_id } = &call.request;
    let decision = compiled.decide(policy_id, method, item_id.as_deref());
    let because = because(&call.policy, decision, compiled.pointer(&decision), compiled.span(&decision));
    if decision.is_allowed() { DecideAnswer::Allowed { because } } else { DecideAnswer::Denied { because } }
}

/// The policy of a text, or why there is none.
pub(crate) fn accepted(text: &str) -> Result<Policy, RefusedPolicy> {
    let checked = tollgate_policy::check(text, Catalog::review_board_8_1());
    match refusal(text, &checked) {
        Some(refused) => Err(refused),
        // A text that is not refused has a policy; the empty one never decides in its place.
        None => Ok(checked.policy().unwrap_or_else(Policy::full_access)),
    }
}

pub(crate) fn because(text: &str, decision: Decision, pointer: Option<JsonPointer>, span: Option<Span>) -> Because {
    Because {
        row: decision.row.number(),
        reason: decision.row.describe(),
        pointer: pointer.map(|pointer| pointer.to_string()),
        span: span.map(|span| Utf16Offsets::new(text, [span]).span(span)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(policy: &str, request: (&str, &str, Option<&str>), expected: &str) {
        let (policy_id, method, item_id) = request;
        let request = RequestShape {
            policy_id: policy_id.to_owned(),
            method: method.to_owned(),
            item_id: item_id.map(str::to_owned),
        };
        let answer = decide(&DecideCall { policy: policy.to_owned(), request });
        assert_eq!(serde_json::to_value(answer).unwrap().to_string(), expected);
    }

    #[test]
    fn answer_names_the_deciding_entry() {
        check(
            r#"{"resources": {"review": {"7": {"block": ["PUT"]}}}}"#,
            ("review", "PUT", Some("7")),
            concat!(
                r#"{"type":"denied","because":{"row":1,"reason":"the rules for this item block the method by name","#,
                r#""pointer":"/resources/review/7/block/0","span":{"start":42,"end":47}}}"#,
            ),
        );
    }

    #[test]
    fn default_has_no_pointer() {
        check(
            "{}",
            ("review", "GET", None),
            concat!(
                r#"{"type":"allowed","because":{"row":13,"reason":"no rule says anything, and the default is to allow","#,
                r#""pointer":null,"span":null}}"#,
            ),
        );
    }

    #[test]
    fn refused_policy_decides_nothing() {
        let request = RequestShape { policy_id: "review".to_owned(), method: "GET".to_owned(), item_id: None };
        let answer = decide(&DecideCall { policy: "[]".to_owned(), request });
        assert!(matches!(answer, DecideAnswer::PolicyRefused(refused) if refused.code == "P0201"));
    }
}
