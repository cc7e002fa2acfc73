//! Parsing and checking a policy text.

use serde::{Deserialize, Serialize};
use tollgate_policy::Catalog;

use crate::finding::{FindingShape, RefusedPolicy, findings, refusal};

/// A policy text to parse or check.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CheckCall {
    /// The text.
    pub policy: String,
}

/// What a policy text is as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ParseAnswer {
    /// It is JSON.
    Json {
        /// Warnings.
        findings: Vec<FindingShape>,
        /// How many findings were counted beyond those.
        omitted: usize,
    },
    /// It is not; everything around the mistakes was still read.
    NotJson {
        /// The mistakes, the one that stops the server first.
        findings: Vec<FindingShape>,
        /// How many findings were counted beyond those.
        omitted: usize,
    },
}

/// What the server does with a policy text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum CheckAnswer {
    /// It takes it.
    Accepted {
        /// The policy as the server stores it.
        stored: String,
        /// Warnings and hints.
        findings: Vec<FindingShape>,
        /// How many findings were counted beyond those.
        omitted: usize,
    },
    /// It refuses it.
    Refused(RefusedPolicy),
}

/// Parses a policy text. Linear in its length.
#[must_use]
pub fn parse(call: &CheckCall) -> ParseAnswer {
    let document = tollgate_policy::parse(&call.policy);
    let findings = findings(&call.policy, document.diagnostics());
    let omitted = document.omitted();
    if document.is_json() {
        ParseAnswer::Json { findings, omitted }
    } else {
        ParseAnswer::NotJson { findings, omitted }
    }
}

/// Checks a policy text as the server does, but reports everything. Linear in its length.
///
/// ```
/// use tollgate_js_api::{CheckAnswer, CheckCall, check};
///
/// let answer = check(&CheckCall { policy: r#"{"resources": {}}"#.to_owned() });
/// assert!(matches!(answer, CheckAnswer::Refused(refused) if refused.code == "P0204"));
/// ```
#[must_use]
pub fn check(call: &CheckCall) -> CheckAnswer {
    let checked = tollgate_policy::check(&call.policy, Catalog::review_board_8_1());
    match refusal(&call.policy, &checked) {
        Some(refused) => CheckAnswer::Refused(refused),
        None => CheckAnswer::Accepted {
            stored: checked.policy().map_or_else(String::new, |policy| policy.to_json()),
            findings: findings(&call.policy, checked.diagnostics()),
            omitted: checked.omitted(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(policy: &str) -> CheckCall {
        CheckCall { policy: policy.to_owned() }
    }

    #[test]
    fn accepted_policy_comes_with_its_stored_form() {
        let answer = serde_json::to_value(check(&call("{}"))).unwrap();
        assert_eq!(answer, serde_json::json!({"type": "accepted", "stored": "{}", "findings": [], "omitted": 0}));
    }

    #[test]
    fn refused_policy_names_the_first_failing_check_and_marks_it() {
        let answer = serde_json::to_value(check(&call(r#"{"resources": {"é": {}}}"#))).unwrap();
        assert_eq!(answer["type"], "refused");
        assert_eq!(answer["code"], "P0205");
        assert_eq!(answer["originalCrashes"], false);
        assert_eq!(answer["findings"][0]["labels"][0]["start"], 15);
        assert_eq!(answer["findings"][0]["labels"][0]["end"], 18);
        assert_eq!(answer["findings"][0]["position"]["column"], 16);
    }

    #[test]
    fn crash_of_the_original_is_a_refusal_that_says_so() {
        let answer = serde_json::to_value(check(&call(r#"{"resources": {"review": 1}}"#))).unwrap();
        assert_eq!(answer["type"], "refused");
        assert_eq!(answer["originalCrashes"], true);
    }

    #[test]
    fn text_that_is_not_json_is_an_answer() {
        let answer = serde_json::to_value(parse(&call("{'a': 1,}"))).unwrap();
        assert_eq!(answer["type"], "notJson");
        assert!(answer["findings"].as_array().is_some_and(|findings| findings.len() >= 2));
    }
}
