//! A few more tests that notice what a suite overlooks.

use std::collections::BTreeMap;

use super::difference::Flips;
use super::expectation::{Expectation, Suite};
use super::requests::Requests;
use super::score::Survivor;
use super::scoring::Scoring;
use crate::catalog::Catalog;
use crate::compile::CompiledPolicy;
use crate::ids::{ItemId, Method};
use crate::policy::{Place, Policy};

/// Further tests which, added to a suite, make it notice every mistake.
///
/// They expect what the policy decides today, so somebody should look at each before adding it.
/// Their notes say what the first of the mistakes is that they notice.
/// They are few, though not always as few as could be: time and again the test that notices most is taken.
/// Costs what [`score`](super::score()) costs, and for each test a look at what is not noticed yet in its place.
///
/// ```
/// use tollgate_policy::suite::{Suite, score, suggest};
/// use tollgate_policy::{Catalog, check, presets};
///
/// let catalog = Catalog::review_board_8_1();
/// let policy = check(presets::read_only(), catalog).policy().ok_or("refused")?;
/// let suite = Suite { expectations: suggest(&policy, &Suite::default(), catalog) };
/// assert!(score(&policy, &suite).is_complete());
/// # Ok::<(), &str>(())
/// ```
pub fn suggest(policy: &Policy, suite: &Suite, catalog: &Catalog) -> Vec<Expectation> {
    let mut scoring = Scoring::new(policy, suite);
    scoring.step(usize::MAX);
    scoring.suggest(catalog)
}

impl Scoring {
    /// Further tests which notice every mistake that was found to be overlooked so far.
    ///
    /// With all mutants tried, this is what [`suggest`] answers.
    pub fn suggest(&self, catalog: &Catalog) -> Vec<Expectation> {
        let survivors = &self.score.survivors;
        let differences = survivors.iter().flat_map(|survivor| &survivor.differences);
        let methods = differences.flat_map(|difference| difference.flips.exceptions()).cloned();
        let requests = Requests::new(&self.policy, methods, catalog);
        let compiled = CompiledPolicy::new(&self.policy);
        let mut tested = self.tested.clone();
        let mut suggestions = Vec::new();
        for (place, mut open) in by_place(survivors) {
            open.retain(|missed| !tested.notices(&missed.survivor.differences));
            while let Some(method) = best_method(&requests, place, &open) {
                let (noticed, rest): (Vec<Missed<'_>>, Vec<Missed<'_>>) =
                    open.into_iter().partition(|missed| missed.flips.contains(method.as_str()));
                let expectation = test(&requests, place, &method, &compiled, &noticed);
                tested.add(&expectation, &compiled);
                suggestions.push(expectation);
                open = rest;
            }
        }
        suggestions
    }
}

/// A mistake that is not noticed yet, with what it changes in the place where a test shall notice it.
#[derive(Clone, Copy)]
struct Missed<'s> {
    survivor: &'s Survivor,
    flips: &'s Flips,
}

/// The survivors of each place.
///
/// Items come first, then resources, then everything, as their order is: a test for an item may well notice what
/// happens to wider rules, but never the other way round.
fn by_place(survivors: &[Survivor]) -> BTreeMap<&Place, Vec<Missed<'_>>> {
    let mut groups: BTreeMap<&Place, Vec<Missed<'_>>> = BTreeMap::new();
    for survivor in survivors {
        if let Some(widest) = survivor.differences.last() {
            groups.entry(&widest.place).or_default().push(Missed { survivor, flips: &widest.flips });
        }
    }
    groups
}

/// The method with which a test would notice most of `open`; none if nothing is open.
///
/// Of several, one that a client could really use, in the order in which Review Board knows them.
fn best_method(requests: &Requests<'_>, place: &Place, open: &[Missed<'_>]) -> Option<Method> {
    let other_method = requests.other_method().as_str();
    let noticed = noticed_by_method(open, other_method);
    let most = noticed.values().copied().max().filter(|most| *most > 0)?;
    let mut best: Vec<&str> =
        noticed.into_iter().filter(|(_, noticed)| *noticed == most).map(|(method, _)| method).collect();
    best.sort_by_key(|method| (rank(method), *method == other_method));
    let mut known = best.iter().take_while(|method| rank(method) < Method::KNOWN.len());
    let likely = known.find(|method| requests.is_likely(place, &Method::from(**method)));
    likely.or(best.first()).map(|method| Method::from(*method))
}

/// Where a method is among those that Review Board knows; behind them if it is none.
fn rank(method: &str) -> usize {
    Method::KNOWN.iter().position(|known| *known == method).unwrap_or(Method::KNOWN.len())
}

/// For each method that may matter, how many of `open` a test with it would notice.
fn noticed_by_method<'o>(open: &[Missed<'o>], other_method: &'o str) -> BTreeMap<&'o str, usize> {
    let by_any = open.iter().filter(|missed| missed.flips.are_all_others()).count();
    let usual = Method::KNOWN.into_iter().chain([other_method]);
    let mut noticed: BTreeMap<&str, usize> = usual.map(|method| (method, by_any)).collect();
    for missed in open {
        for exception in missed.flips.exceptions() {
            let count = noticed.entry(exception.as_str()).or_insert(by_any);
            *count = if missed.flips.are_all_others() { count.saturating_sub(1) } else { *count + 1 };
        }
    }
    noticed
}

/// The test that asks about a method in a place and expects what the policy decides.
fn test(
    requests: &Requests<'_>,
    place: &Place,
    method: &Method,
    policy: &CompiledPolicy,
    noticed: &[Missed<'_>],
) -> Expectation {
    let request = requests.request(place, method);
    let item_id = request.item_id.as_ref().map(ItemId::as_str);
    let effect = policy.decide(request.policy_id.as_str(), method.as_str(), item_id).effect;
    let mistake = noticed.first().map(|missed| missed.survivor.mutant.sentence());
    Expectation {
        policy_id: request.policy_id,
        item_id: request.item_id,
        method: request.method,
        effect,
        note: mistake.map(|mistake| format!("notices if {mistake}")).unwrap_or_default(),
    }
}
