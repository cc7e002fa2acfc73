//! Whether the policy keeps to guardrails, each handed over as the text that it is stored as.

use tollgate_browser::analysis::BrokenLook;
use tollgate_policy::guardrail::{Guardrail, breach};

use super::subject::Subject;

/// Those that it breaks. One that cannot be read is left out: only a newer program stores such.
pub(super) fn broken(subject: &Subject<'_>, guardrails: &[String]) -> Vec<BrokenLook> {
    let Some(policy) = subject.policy.as_ref().map(|policy| policy.policy()) else { return Vec::new() };
    let broken = |text: &String| {
        let guardrail: Guardrail = serde_json::from_str(text).ok()?;
        let found = breach(&guardrail, policy, subject.catalog)?;
        Some(BrokenLook {
            name: guardrail.name().to_owned(),
            demand: guardrail.sentence(),
            request: found.sentence(),
            at: subject.begin(found.span),
        })
    };
    guardrails.iter().filter_map(broken).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tollgate_browser::analysis::PlaceLook;
    use tollgate_policy::guardrail::{Choice, Items, Rule, Scope, Target};
    use tollgate_policy::{Catalog, check};

    fn told(text: &str) -> Vec<BrokenLook> {
        let target = Target {
            methods: Choice::Named(vec!["DELETE".into()]),
            resources: Choice::Named(vec!["repository".into()]),
            items: Items::All,
        };
        let guardrail = Guardrail::new("keep them", Scope::ALL, Rule::Never, target).unwrap();
        let texts = [serde_json::to_string(&guardrail).unwrap(), r#"{"version": 7}"#.to_owned()];
        let catalog = Catalog::review_board_8_1();
        let checked = check(text, catalog);
        broken(&Subject::of(&checked, catalog), &texts)
    }

    #[test]
    fn a_broken_guardrail_is_told_with_a_request_and_the_place_of_the_rule() {
        let found = told(r#"{"resources": {"*": {"block": ["*"]}, "repository": {"7": {"allow": ["DELETE"]}}}}"#);
        let [one] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((one.name.as_str(), one.demand.as_str()), ("keep them", "no token may DELETE repository"));
        let request = "DELETE repository 7 is allowed: the rules for this item allow the method by name";
        assert_eq!((one.request.as_str(), one.at), (request, Some(PlaceLook { line: 1, column: 70 })));
        assert!(told(r#"{"resources": {"*": {"block": ["DELETE"]}}}"#).is_empty());
        assert!(told("{").is_empty());
    }
}
