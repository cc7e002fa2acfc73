//! Deciding: the compiled policy against the reference, and policies of any size against a small one.
//!
//! That the compiled policy and the reference agree is shown by `tests/oracle.rs`.

mod pair;

use std::hint::black_box;

use pair::{Pace, Pair};
use serde_json::{Map, Value, json};
use tollgate_policy::{Catalog, CompiledPolicy, Decision, Method, Policy, check, reference};

/// The resource that most is asked about.
const REVIEW: &str = "review";

/// What a policy is asked.
struct Question {
    policy_id: &'static str,
    method: &'static str,
    item_id: Option<String>,
}

fn main() -> Result<(), String> {
    let pace = Pace::asked()?;
    for rule_sets in [100, 10_000, 100_000] {
        compiled_against_reference(pace, pace.size(rule_sets))?;
    }
    any_size_against_small(pace)
}

/// Rules for so many items of one resource: preparing a policy has to pay.
fn compiled_against_reference(pace: Pace, rule_sets: usize) -> Result<(), String> {
    let policy = accepted(&single_reviews(rule_sets))?;
    let compiled = CompiledPolicy::new(&policy);
    // The reference walks over every rule set for every question, so large policies are asked fewer of them.
    let questions = questions((pace.size(1_000_000) / rule_sets).clamp(1, 1_000), rule_sets);
    let pair = Pair {
        work: format!("decide/compiled/{rule_sets}"),
        repeats: questions.len(),
        ours: || ask(&questions, |question| fast(&compiled, question)),
        peer: || ask(&questions, |question| plain(&policy, question)),
        at_most: 1.0,
    };
    pair.measure(pace);
    Ok(())
}

/// The time of a decision must not depend on how much the policy says about other things.
fn any_size_against_small(pace: Pace) -> Result<(), String> {
    let small = CompiledPolicy::new(&accepted(&whole_resources(3))?);
    let questions = questions(pace.size(100_000), 1_000);
    let sizes = [("50_resources", whole_resources(50)), ("1000_ids", single_reviews(1_000))];
    for (size, document) in sizes {
        let large = CompiledPolicy::new(&accepted(&document)?);
        let pair = Pair {
            work: format!("decide/any_size/{size}"),
            repeats: questions.len(),
            ours: || ask(&questions, |question| fast(&large, question)),
            peer: || ask(&questions, |question| fast(&small, question)),
            at_most: 2.0,
        };
        pair.measure(pace);
    }
    Ok(())
}

fn ask(questions: &[Question], decide: impl Fn(&Question) -> Decision) {
    for question in questions {
        black_box(decide(black_box(question)));
    }
}

fn fast(compiled: &CompiledPolicy, question: &Question) -> Decision {
    compiled.decide(question.policy_id, question.method, question.item_id.as_deref())
}

fn plain(policy: &Policy, question: &Question) -> Decision {
    reference::decide(policy, question.policy_id, question.method, question.item_id.as_deref())
}

/// Questions about 60 resources and so many ids: four in ten are about reviews, one in ten names no item.
fn questions(count: usize, ids: usize) -> Vec<Question> {
    let others = policy_ids().skip(1).take(59).collect::<Vec<_>>();
    let numbered = (0..count).zip(others.into_iter().cycle()).zip(Method::KNOWN.into_iter().cycle());
    let questions = numbered.map(|((number, other), method)| Question {
        policy_id: if number % 10 < 4 { REVIEW } else { other },
        method,
        // A large prime keeps neighbors apart, and the division keeps ids from going with resources.
        item_id: (number / 10 % 10 < 9).then(|| (number * 7_919 / 10 % ids).to_string()),
    });
    questions.collect()
}

fn accepted(document: &Value) -> Result<Policy, String> {
    let checked = check(&document.to_string(), Catalog::review_board_8_1());
    checked.policy().ok_or_else(|| format!("the policy was refused: {:?}", checked.verdict()))
}

/// A policy with rules for so many reviews.
fn single_reviews(count: usize) -> Value {
    let items = (0..count).map(|id| (id.to_string(), rules())).collect::<Map<_, _>>();
    policy([(REVIEW.to_owned(), Value::Object(items))])
}

/// A policy with rules for so many resources, each as a whole.
fn whole_resources(count: usize) -> Value {
    policy(policy_ids().take(count).map(|policy_id| (policy_id.to_owned(), json!({"*": rules()}))))
}

fn policy(sections: impl IntoIterator<Item = (String, Value)>) -> Value {
    let everything = ("*".to_owned(), json!({"allow": ["GET"], "block": ["*"]}));
    let resources = sections.into_iter().chain([everything]).collect::<Map<_, _>>();
    json!({ "resources": resources })
}

fn rules() -> Value {
    json!({"allow": ["GET", "PUT"], "block": ["*"]})
}

/// Every id of a resource, that of reviews first.
fn policy_ids() -> impl Iterator<Item = &'static str> {
    let others = Catalog::review_board_8_1().policy_ids().filter(|policy_id| *policy_id != REVIEW);
    [REVIEW].into_iter().chain(others)
}
