//! Counts the mistakes that tests notice, some at a time.
//!
//! A mistake in one rule set can only change decisions that this rule set makes, and the decisions of the same place
//! show every such change.
//! Each mutant is therefore compared with the policy in one place only, and made of at most three rule sets: a large
//! policy has many mutants, but no large ones.
//! `tests/suites.rs` holds all this against whole mutants that are compared request by request.

use std::collections::BTreeSet;
use std::vec::IntoIter;

use super::difference::{Difference, Flips, differences};
use super::edit::{Edit, edits_of};
use super::expectation::Suite;
use super::mutant::{Mutant, Mutation};
use super::score::{Score, Survivor};
use super::tested::Tested;
use crate::analyze::are_equivalent;
use crate::assemble::policy_of;
use crate::compile::CompiledPolicy;
use crate::pointer::JsonPointer;
use crate::policy::{Place, Policy, RuleSet};

/// Counts how many mistakes in a policy its tests would notice.
///
/// Costs the same for all of them at once as [`Scoring`] does step by step; large policies have so many that a page
/// should use that.
///
/// ```
/// use tollgate_policy::suite::{Expectation, Suite, score};
/// use tollgate_policy::{Catalog, Effect, check, presets};
///
/// let policy = check(presets::read_only(), Catalog::review_board_8_1()).policy().ok_or("refused")?;
/// let mut suite = Suite::default();
/// assert_eq!(score(&policy, &suite).percent(), 0);
///
/// suite.expectations.push(Expectation::new("review", None, "GET", Effect::Allow));
/// suite.expectations.push(Expectation::new("review", None, "PUT", Effect::Deny));
/// assert!(score(&policy, &suite).percent() > 50);
/// # Ok::<(), &str>(())
/// ```
pub fn score(policy: &Policy, suite: &Suite) -> Score {
    let mut scoring = Scoring::new(policy, suite);
    scoring.step(usize::MAX);
    scoring.score
}

/// Counts how many mistakes in a policy its tests would notice, some at a time.
///
/// Whoever drives it may stop between any two steps, for a while or for good.
///
/// ```
/// use tollgate_policy::suite::{Scoring, Suite};
/// use tollgate_policy::{Catalog, check, presets};
///
/// let policy = check(presets::read_only(), Catalog::review_board_8_1()).policy().ok_or("refused")?;
/// let mut scoring = Scoring::new(&policy, &Suite::default());
/// while !scoring.step(5) {
///     assert_eq!(scoring.score().mutants % 5, 0);
/// }
/// assert_eq!(scoring.score().mutants, scoring.total());
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Debug)]
pub struct Scoring {
    pub(super) policy: Policy,
    pub(super) tested: Tested,
    pub(super) score: Score,
    total: usize,
    units: IntoIter<Unit>,
    local: Option<Local>,
    edits: IntoIter<Edit>,
    /// What the mutants of the rule set at hand change; two that change the same are one.
    seen: BTreeSet<Flips>,
    /// What deleting the section at hand changes, if a mutant of one of its rule sets changes the same.
    section_twin: Option<Difference>,
}

/// A part of a policy in which mistakes are made.
#[derive(Clone, Copy, Debug)]
enum Unit {
    Section { at: usize },
    Rules { at: usize, all_items: Option<usize> },
}

impl Scoring {
    /// Prepares to count; no mutant is tried yet.
    ///
    /// Costs a decision for each expectation and a look at each list entry of the policy.
    pub fn new(policy: &Policy, suite: &Suite) -> Scoring {
        let edits: usize = policy.rule_sets().iter().map(|rules| edits_of(rules).len()).sum();
        Scoring {
            policy: policy.clone(),
            tested: Tested::by(suite, &CompiledPolicy::new(policy)),
            score: Score::default(),
            total: edits + policy.sections().len(),
            units: units_of(policy).into_iter(),
            local: None,
            edits: Vec::new().into_iter(),
            seen: BTreeSet::new(),
            section_twin: None,
        }
    }

    /// Tries up to `mutants` more mutants, and says whether all are tried now.
    ///
    /// A mutant costs a few comparisons of small policies: of the rules for everything, for one resource and for one
    /// item.
    /// The mutant without a section costs a comparison of that section.
    pub fn step(&mut self, mutants: usize) -> bool {
        for _ in 0..mutants {
            if !self.try_next() {
                break;
            }
        }
        self.is_done()
    }

    /// Whether all mutants are tried.
    pub fn is_done(&self) -> bool {
        self.edits.as_slice().is_empty() && self.units.as_slice().is_empty()
    }

    /// How many mutants there are to try.
    pub fn total(&self) -> usize {
        self.total
    }

    /// What was found so far.
    pub fn score(&self) -> &Score {
        &self.score
    }

    /// Tries one more mutant; false if there is none.
    fn try_next(&mut self) -> bool {
        loop {
            if let Some(edit) = self.edits.next() {
                self.try_edit(&edit);
                return true;
            }
            match self.units.next() {
                Some(Unit::Section { at }) => {
                    self.try_without_section(at);
                    return true;
                }
                Some(Unit::Rules { at, all_items }) => self.begin(at, all_items),
                None => return false,
            }
        }
    }

    /// Turns to the mistakes in one rule set.
    fn begin(&mut self, at: usize, all_items: Option<usize>) {
        let rule_sets = self.policy.rule_sets();
        let Some(own) = rule_sets.get(at) else { return };
        let global = self.policy.global().filter(|_| *own.place() != Place::Everything);
        let all_items = all_items.filter(|all_items| *all_items != at).and_then(|all_items| rule_sets.get(all_items));
        let local = Local::new(global.into_iter().chain(all_items).cloned().collect(), own.clone());
        let twin = self.section_twin.take_if(|twin| twin.place == *local.own.place());
        self.seen = twin.into_iter().map(|twin| twin.flips).collect();
        self.edits = edits_of(&local.own).into_iter();
        self.local = Some(local);
    }

    fn try_edit(&mut self, edit: &Edit) {
        let Some(local) = &self.local else { return };
        self.score.mutants += 1;
        let Some(difference) = local.difference(edit) else {
            self.score.equivalent += 1;
            return;
        };
        if !self.seen.insert(difference.flips.clone()) {
            self.score.duplicates += 1;
            return;
        }
        let differences = vec![difference];
        if self.tested.notices(&differences) {
            self.score.caught += 1;
        } else {
            self.score.survivors.push(Survivor { mutant: edit.describe(&local.own), differences });
        }
    }

    fn try_without_section(&mut self, at: usize) {
        self.score.mutants += 1;
        let policy = self.policy.clone();
        let Some(section) = policy.sections().get(at) else { return };
        let global: Vec<RuleSet> = policy.global().into_iter().cloned().collect();
        let differences = section_differences(&global, policy.rule_sets_of(section));
        self.section_twin = twin(&global, policy.rule_sets_of(section), &differences);
        if differences.is_empty() {
            self.score.equivalent += 1;
        } else if self.tested.notices(&differences) {
            self.score.caught += 1;
        } else {
            let place = Place::Resource { policy_id: section.policy_id().clone() };
            let pointer = JsonPointer::root().child("resources").child(section.policy_id().as_str());
            let mutant = Mutant { place, pointer, span: section.span(), mutation: Mutation::DeleteSection };
            self.score.survivors.push(Survivor { mutant, differences });
        }
    }
}

/// Each section and then its rule sets, in the order of the document; the rules for everything last.
fn units_of(policy: &Policy) -> Vec<Unit> {
    let mut units = Vec::new();
    let is_for_all_items = |rules: &RuleSet| matches!(rules.place(), Place::Resource { .. });
    for (at, section) in policy.sections().iter().enumerate() {
        let rule_sets = section.first_rule_set..section.end_of_rule_sets;
        let all_items = policy.rule_sets_of(section).iter().position(is_for_all_items);
        let all_items = all_items.map(|all_items| section.first_rule_set + all_items);
        units.push(Unit::Section { at });
        units.extend(rule_sets.map(|at| Unit::Rules { at, all_items }));
    }
    let everything = policy.rule_sets().iter().position(|rules| *rules.place() == Place::Everything);
    units.extend(everything.map(|at| Unit::Rules { at, all_items: None }));
    units
}

/// A rule set and those that are asked after it.
#[derive(Clone, Debug)]
struct Local {
    context: Vec<RuleSet>,
    own: RuleSet,
    before: Policy,
}

impl Local {
    fn new(context: Vec<RuleSet>, own: RuleSet) -> Local {
        let before = policy_of(context.iter().chain([&own]).cloned().collect());
        Local { context, own, before }
    }

    /// What a mistake in the rule set changes.
    fn difference(&self, edit: &Edit) -> Option<Difference> {
        let after = policy_of(self.context.iter().cloned().chain(edit.apply(&self.own)).collect());
        differences(&self.before, &after, [self.own.place()]).pop()
    }
}

/// What changes if the section with these rule sets is deleted.
fn section_differences(global: &[RuleSet], section: &[RuleSet]) -> Vec<Difference> {
    let before = policy_of(global.iter().chain(section).cloned().collect());
    let after = policy_of(global.to_vec());
    let (items, all_items): (Vec<&RuleSet>, Vec<&RuleSet>) =
        section.iter().partition(|rules| matches!(rules.place(), Place::Item { .. }));
    differences(&before, &after, items.into_iter().chain(all_items).map(RuleSet::place))
}

/// The change that a mutant of one rule set would have to make to be the same as the one without the section.
fn twin(global: &[RuleSet], section: &[RuleSet], differences: &[Difference]) -> Option<Difference> {
    let (last, before) = differences.split_last()?;
    let is_same = match last.place {
        Place::Item { .. } => before.is_empty(),
        // The rules for items stay with one mutant and go with the other: they must not matter.
        _ => {
            let items = section.iter().filter(|rules| matches!(rules.place(), Place::Item { .. }));
            let with_items = policy_of(global.iter().chain(items).cloned().collect());
            are_equivalent(&with_items, &policy_of(global.to_vec()))
        }
    };
    is_same.then(|| last.clone())
}
