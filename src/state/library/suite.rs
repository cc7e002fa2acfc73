//! Tests as they lie beside a version of a policy, and as the workbench has them.

use tollgate_browser::analysis::TestCase;
use tollgate_policy::{Effect, ItemId};
use tollgate_tokens::PolicyTest;

/// Tests of a version, for the workbench.
pub(in crate::state) fn test_cases(tests: &[PolicyTest]) -> Vec<TestCase> {
    let case = |test: &PolicyTest| TestCase {
        policy_id: test.policy_id.to_string(),
        item_id: test.item_id.as_ref().map(ToString::to_string),
        method: test.method.to_string(),
        is_allowed: test.effect == Effect::Allow,
        note: test.note.clone(),
    };
    tests.iter().map(case).collect()
}

/// Tests of the workbench, to be kept beside a version.
pub(super) fn policy_tests(cases: &[TestCase]) -> Vec<PolicyTest> {
    let test = |case: &TestCase| PolicyTest {
        policy_id: case.policy_id.as_str().into(),
        item_id: case.item_id.as_deref().map(ItemId::from),
        method: case.method.as_str().into(),
        effect: if case.is_allowed { Effect::Allow } else { Effect::Deny },
        note: case.note.clone(),
    };
    cases.iter().map(test).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_are_kept_as_they_were_written() {
        let case = |item_id: Option<&str>, is_allowed| TestCase {
            policy_id: "repository".to_owned(),
            item_id: item_id.map(str::to_owned),
            method: "PUT".to_owned(),
            is_allowed,
            note: "why".to_owned(),
        };
        let cases = [case(None, true), case(Some("7"), false)];
        assert_eq!(test_cases(&policy_tests(&cases)), cases);
    }
}
