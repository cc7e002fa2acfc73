//! What the policy decides about one request, why, and what would turn it around.

use tollgate_browser::analysis::{AnswerLook, CellName, ExplainLook, ProposalLook, StepLook, TestCase};
use tollgate_policy::{
    CompiledPolicy, Effect, Explanation, GateDecision, GateNote, GateOutcome, Request, StepOutcome, TrailStep, explain,
    gate, proposals,
};

use super::proposals::looks;
use super::requests::example;
use super::subject::{REFUSED, Subject};

pub(super) fn look(subject: &Subject<'_>, method: &str, path: &str) -> ExplainLook {
    match answer(subject, method.trim(), path.trim()) {
        Ok(answer) => ExplainLook::Answered(Box::new(answer)),
        Err(why) => ExplainLook::Silent(why),
    }
}

fn answer(subject: &Subject<'_>, method: &str, path: &str) -> Result<AnswerLook, String> {
    let policy = subject.policy.as_ref().ok_or(REFUSED)?;
    let resolved = subject.catalog.resolve(path).ok_or_else(|| {
        format!("`{path}` is no path of {}. Write one like {}.", of(subject), example(subject.catalog))
    })?;
    if method.is_empty() {
        return Err("Name a method, such as GET.".to_owned());
    }
    let item_id = resolved.item_id.as_deref();
    let request = Request::new(resolved.resource, method, item_id);
    let outcome = gate(policy, &request);
    let policy_id = resolved.resource.policy_id.to_string();
    let name = CellName { policy_id, item_id: resolved.item_id.clone(), method: method.to_owned() };
    let decided = policy.decide(&name.policy_id, method, item_id);
    let (steps, row) = steps(subject, policy, &outcome, &name);
    let wanted = match decided.effect {
        Effect::Allow => Effect::Deny,
        Effect::Deny => Effect::Allow,
    };
    let flips = looks(subject, &name, &proposals(subject.text(), &request, wanted, subject.catalog));
    Ok(AnswerLook {
        is_allowed: outcome.is_allowed(),
        asked: asked(&name),
        steps,
        row,
        notes: outcome.notes.iter().map(|note| note_words(note, method)).collect(),
        unchangeable: unchangeable(&outcome, &flips),
        flips,
        test: TestCase {
            policy_id: name.policy_id,
            item_id: name.item_id,
            method: name.method,
            is_allowed: decided.is_allowed(),
            note: String::new(),
        },
    })
}

/// What the catalog is of, in words.
fn of<'s>(subject: &'s Subject<'_>) -> &'s str {
    Some(subject.catalog.title()).filter(|title| !title.is_empty()).unwrap_or("the catalog")
}

fn asked(name: &CellName) -> String {
    match &name.item_id {
        Some(item_id) => format!("Asks for {} on {}, id {item_id}.", name.method, name.policy_id),
        None => format!("Asks for {} on {}, without an id.", name.method, name.policy_id),
    }
}

/// The rules that were asked, and the row of precedence that decides.
fn steps(
    subject: &Subject<'_>,
    policy: &CompiledPolicy,
    outcome: &GateOutcome,
    name: &CellName,
) -> (Vec<StepLook>, Option<u8>) {
    match outcome.decision {
        GateDecision::Decided(decision) => {
            let explanation = explain(policy, &name.policy_id, &name.method, name.item_id.as_deref());
            let steps = explanation.trail.iter().filter_map(|step| told(subject, step, &explanation));
            (steps.collect(), Some(decision.row.number()))
        }
        GateDecision::ResourceClosed => {
            (vec![only("The resource is closed to API tokens, whatever the policy says.")], None)
        }
        GateDecision::NoPolicy => {
            (vec![only("The policy has no rules, so everything its user may do is allowed.")], None)
        }
    }
}

fn only(says: &str) -> StepLook {
    StepLook { pointer: "/resources".to_owned(), says: says.to_owned(), decides: true, at: None }
}

fn told(subject: &Subject<'_>, step: &TrailStep, explanation: &Explanation) -> Option<StepLook> {
    let stands = step.pointer.as_ref().map(ToString::to_string);
    let would_stand = step.place.as_ref().map(|place| place.pointer().to_string());
    let rule = stands.or(would_stand).unwrap_or_else(|| "no rule".to_owned());
    let decides = matches!(step.outcome, StepOutcome::Decides { .. });
    let (pointer, span) = match &explanation.pointer {
        Some(pointer) if decides => (pointer.to_string(), explanation.span),
        _ => (rule, step.span),
    };
    let says = match step.outcome {
        StepOutcome::Missing => "No such rule. Next.".to_owned(),
        StepOutcome::Silent => "Says nothing about this method. Next.".to_owned(),
        StepOutcome::Decides { .. } => format!("This decides: {}.", explanation.reason),
        StepOutcome::NotAsked => return None,
    };
    Some(StepLook { pointer, says, decides, at: subject.begin(span) })
}

fn unchangeable(outcome: &GateOutcome, flips: &[ProposalLook]) -> String {
    match outcome.decision {
        GateDecision::ResourceClosed => "No policy opens a resource that is closed to API tokens.".to_owned(),
        _ if flips.is_empty() => "No small edit turns this around: write a rule for it by hand.".to_owned(),
        _ => String::new(),
    }
}

fn note_words(note: &GateNote, method: &str) -> String {
    match note {
        GateNote::MethodNotImplemented { .. } => {
            format!("The server answers {method} with 405 before it asks the policy.")
        }
        GateNote::ListCrashes => {
            "Review Board 8.1 answers this list with 500, because the policy has a rule for a single id.".to_owned()
        }
        GateNote::OverrideActsAs { .. } => "The request acts as the method that it overrides with.".to_owned(),
        GateNote::SharedPolicyId { .. } => {
            "Two resources share this policy id: the list below a review request and the one at the root.".to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tollgate_policy::{Catalog, check};

    const READ_ONLY: &str = r#"{"resources": {"*": {"allow": ["GET"], "block": ["*"]}}}"#;

    #[track_caller]
    fn answered(text: &str, method: &str, path: &str) -> AnswerLook {
        let checked = check(text, Catalog::review_board_8_1());
        match look(&Subject::of(&checked, Catalog::review_board_8_1()), method, path) {
            ExplainLook::Answered(answer) => *answer,
            ExplainLook::Silent(why) => panic!("{why}"),
        }
    }

    #[test]
    fn a_denial_ends_at_one_rule_and_the_smallest_edit() {
        let answer = answered(READ_ONLY, "PUT", "/api/review-requests/42/reviews/9/");
        assert!(!answer.is_allowed);
        assert_eq!(answer.asked, "Asks for PUT on review, id 9.");
        let pointers: Vec<&str> = answer.steps.iter().map(|step| step.pointer.as_str()).collect();
        assert_eq!(pointers, ["/resources/review/9", "/resources/review/*", "/resources/*/block/0"]);
        assert!(answer.steps[2].decides && answer.steps[2].at.is_some());
        assert_eq!(answer.row, Some(11));
        assert_eq!(answer.flips[0].also_atoms, 0);
        assert!(answer.unchangeable.is_empty() && !answer.test.is_allowed);
        assert_eq!(answer.test.item_id.as_deref(), Some("9"));
    }

    #[test]
    fn another_catalog_answers_for_its_own_paths_and_goes_by_its_name() {
        let text = r#"{"openapi": "3.0.0", "info": {"title": "Pets"}, "paths": {"/pets/{id}": {"post": {}}}}"#;
        let catalog = tollgate_policy::import_openapi(text).into_catalog().unwrap();
        let checked = check(READ_ONLY, &catalog);
        let subject = Subject::of(&checked, &catalog);
        let ExplainLook::Answered(answer) = look(&subject, "POST", "/pets/rex") else { panic!("no answer") };
        assert_eq!((answer.asked.as_str(), answer.is_allowed), ("Asks for POST on pets, id rex.", false));
        let ExplainLook::Silent(why) = look(&subject, "GET", "/api/") else { panic!("an answer") };
        assert_eq!(why, "`/api/` is no path of Pets. Write one like /pets/42.");
    }

    #[test]
    fn what_no_policy_changes_says_so() {
        let answer = answered("{}", "GET", "/api/users/name/api-tokens/");
        assert!(!answer.is_allowed && answer.flips.is_empty());
        assert!(answer.unchangeable.contains("closed"), "{}", answer.unchangeable);
    }

    #[test]
    fn what_cannot_be_answered_says_why() {
        let silent = |text: &str, method: &str, path: &str| {
            let checked = check(text, Catalog::review_board_8_1());
            match look(&Subject::of(&checked, Catalog::review_board_8_1()), method, path) {
                ExplainLook::Answered(answer) => panic!("{answer:?}"),
                ExplainLook::Silent(why) => why,
            }
        };
        assert_eq!(silent("{", "GET", "/api/"), REFUSED);
        assert!(silent("{}", "GET", "/weather/").contains("`/weather/` is no path"));
        assert!(silent("{}", " ", "/api/").contains("Name a method"));
    }
}
