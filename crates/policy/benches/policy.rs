//! Comparing whole policies: by bits, against asking the reference about every atom, and in nanoseconds for each.
//!
//! That both ways find the same is shown by `tests/analysis.rs`.

mod pair;

use std::hint::black_box;

use pair::{Pace, Pair};
use serde_json::{Map, Value, json};
use tollgate_policy::{Catalog, Effect, Outline, Policy, Space, check, compare, compare_texts, reference};

/// How many ids each policy names.
const IDS: usize = 10_000;

/// Of so many ids one has other rules in the second policy.
const IDS_PER_CHANGE: usize = 100;

/// What one atom may take of a comparison of prepared policies.
const NANOSECONDS_OF_ATOM: &str = "max 15";

fn main() -> Result<(), String> {
    let pace = Pace::asked()?;
    compiled(pace, pace.size(IDS))?;
    texts(pace, pace.size(IDS))?;
    twin(pace, pace.size(IDS / 20))
}

/// Policies that are prepared, as a page has them whose text has not changed; the peer prepares them first.
fn compiled(pace: Pace, ids: usize) -> Result<(), String> {
    let (before, after) = policies(ids)?;
    let (old, new) = (Outline::of(&before), Outline::of(&after));
    let catalog = Catalog::review_board_8_1();
    let atoms = old.compare(&new, catalog).atoms;
    let pair = Pair {
        work: format!("policy/compiled_diff_per_atom/{ids}"),
        repeats: usize::try_from(atoms).map_err(|error| error.to_string())?,
        ours: || {
            black_box(black_box(&old).compare(black_box(&new), catalog));
        },
        peer: || {
            black_box(compare(black_box(&before), black_box(&after), catalog));
        },
        at_most: NANOSECONDS_OF_ATOM,
    };
    pair.measure(pace);
    Ok(())
}

/// From texts to what changes, against the way by trees.
fn texts(pace: Pace, ids: usize) -> Result<(), String> {
    let (before, after) = policies(ids)?;
    let catalog = Catalog::review_board_8_1();
    let by_tree = |text: &str| Policy::stored(text).map(|policy| Outline::of(&policy));
    let pair = Pair {
        work: format!("policy/diff_of_texts/{ids}"),
        repeats: 1,
        ours: || {
            black_box(compare_texts(black_box(before.text()), black_box(after.text()), catalog));
        },
        peer: || {
            let outlines = by_tree(black_box(before.text())).zip(by_tree(black_box(after.text())));
            black_box(outlines.map(|(before, after)| before.compare(&after, catalog)));
        },
        at_most: 0.25,
    };
    pair.measure(pace);
    Ok(())
}

/// From policies to what changes, against the plainest way there is.
fn twin(pace: Pace, ids: usize) -> Result<(), String> {
    let (before, after) = policies(ids)?;
    let catalog = Catalog::review_board_8_1();
    let atoms = Space::of(&[&before, &after]).count();
    let pair = Pair {
        work: format!("policy/diff_per_atom_against_reference/{ids}"),
        repeats: usize::try_from(atoms).map_err(|error| error.to_string())?,
        ours: || {
            black_box(compare(black_box(&before), black_box(&after), catalog));
        },
        peer: || {
            black_box(changes_one_by_one(black_box(&before), black_box(&after), catalog));
        },
        at_most: 1.0,
    };
    pair.measure(pace);
    Ok(())
}

/// Asks the reference about one request of every atom.
fn changes_one_by_one(before: &Policy, after: &Policy, catalog: &Catalog) -> usize {
    let space = Space::of(&[before, after]);
    let changes = space.atoms().filter(|atom| {
        let asked = space.witness(atom, catalog);
        let item_id = asked.item_id.as_ref().map(|item_id| item_id.as_str());
        let decide = |policy: &Policy| -> Effect {
            reference::decide(policy, asked.policy_id.as_str(), asked.method.as_str(), item_id).effect
        };
        decide(before) != decide(after)
    });
    changes.count()
}

/// Two policies with rules for so many review requests, of which a few differ.
fn policies(ids: usize) -> Result<(Policy, Policy), String> {
    let same = json!({"allow": ["GET", "PUT"], "block": ["*"]});
    let other = json!({"allow": ["GET"], "block": ["*"]});
    let after = |id: usize| if id.is_multiple_of(IDS_PER_CHANGE) { &other } else { &same };
    Ok((accepted(ids, |_| &same)?, accepted(ids, after)?))
}

fn accepted<'v>(ids: usize, rules: impl Fn(usize) -> &'v Value) -> Result<Policy, String> {
    let section: Map<String, Value> = (0..ids).map(|id| (id.to_string(), rules(id).clone())).collect();
    let everything = json!({"allow": ["GET"], "block": ["*"]});
    let document = json!({"resources": {"*": everything, "review_request": section}});
    let checked = check(&document.to_string(), Catalog::review_board_8_1());
    checked.policy().ok_or_else(|| format!("the policy was refused: {:?}", checked.verdict()))
}
