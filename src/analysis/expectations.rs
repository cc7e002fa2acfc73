//! Whether the policy decides as its tests expect.

use tollgate_browser::analysis::{OutcomeLook, TestCase, TestsLook};
use tollgate_policy::suite::{Expectation, Outcome, Suite, run};
use tollgate_policy::{CompiledPolicy, Effect, ItemId};

use super::subject::{REFUSED, Subject, small};

pub(super) fn look(subject: &Subject<'_>, tests: &[TestCase]) -> TestsLook {
    let Some(policy) = &subject.policy else { return TestsLook::Silent(REFUSED.to_owned()) };
    let outcome = |outcome: &Outcome| OutcomeLook {
        is_met: outcome.is_met,
        rule: outcome.pointer.as_ref().map_or_else(|| "no rule: the default allows".to_owned(), ToString::to_string),
        at: subject.begin(outcome.span),
    };
    TestsLook::Ran(run(&suite(tests), policy).outcomes.iter().map(outcome).collect())
}

/// How many tests are met.
pub(super) fn met(policy: &CompiledPolicy, tests: &[TestCase]) -> u32 {
    small(run(&suite(tests), policy).met())
}

pub(super) fn suite(tests: &[TestCase]) -> Suite {
    let expectation = |test: &TestCase| Expectation {
        policy_id: test.policy_id.as_str().into(),
        item_id: test.item_id.as_deref().map(ItemId::from),
        method: test.method.as_str().into(),
        effect: if test.is_allowed { Effect::Allow } else { Effect::Deny },
        note: test.note.clone(),
    };
    Suite { expectations: tests.iter().map(expectation).collect() }
}

pub(super) fn test_case(expectation: &Expectation) -> TestCase {
    TestCase {
        policy_id: expectation.policy_id.to_string(),
        item_id: expectation.item_id.as_ref().map(ToString::to_string),
        method: expectation.method.to_string(),
        is_allowed: expectation.effect == Effect::Allow,
        note: expectation.note.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tollgate_policy::{Catalog, check};

    #[test]
    fn every_test_has_an_outcome_with_the_rule_that_decides() {
        let test = |method: &str, is_allowed| TestCase {
            policy_id: "review".to_owned(),
            item_id: None,
            method: method.to_owned(),
            is_allowed,
            note: String::new(),
        };
        let tests = [test("GET", true), test("PUT", true)];
        let checked = check(r#"{"resources": {"*": {"allow": ["GET"], "block": ["*"]}}}"#, Catalog::review_board_8_1());
        let subject = Subject::of(&checked, Catalog::review_board_8_1());
        let TestsLook::Ran(outcomes) = look(&subject, &tests) else { panic!("not run") };
        let told: Vec<(bool, &str)> = outcomes.iter().map(|outcome| (outcome.is_met, outcome.rule.as_str())).collect();
        assert_eq!(told, [(true, "/resources/*/allow/0"), (false, "/resources/*/block/0")]);
        assert_eq!(subject.policy.as_ref().map(|policy| met(policy, &tests)), Some(1));
        assert_eq!(suite(&tests).expectations.iter().map(test_case).collect::<Vec<_>>(), tests);
    }
}
