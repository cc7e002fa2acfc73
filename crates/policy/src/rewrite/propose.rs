//! The smallest edits after which one request is decided otherwise.

use super::attempt::{Attempt, EditStep, Wish};
use super::collateral::collateral;
use super::target::Target;
use super::text_edit::TextEdit;
use crate::analyze::{Change, Comparison, are_equivalent, compare};
use crate::catalog::{Access, Catalog};
use crate::compile::CompiledPolicy;
use crate::eval::{Effect, Request};
use crate::policy::{Place, Policy};
use crate::span::to_index;

/// An edit after which one request is decided as wanted, and what else it changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// What it does, to be put into words.
    pub steps: Vec<EditStep>,
    /// The edits on the text, in order.
    pub edits: Vec<TextEdit>,
    /// The text with the edits made.
    pub text: String,
    /// The policy of that text.
    pub policy: Policy,
    /// Everything that changes, the wanted request included.
    pub comparison: Comparison,
    /// What changes besides the wanted request.
    ///
    /// The classes are those of a space that names the request: `Other` never includes it.
    pub collateral: Vec<Change>,
    /// Whether Review Board 8.1 answers 500 afterward to the reading of a list that it did not fail on before.
    pub crashes_list: bool,
}

impl Proposal {
    /// How many atoms change besides the one that is wanted.
    pub fn collateral_atoms(&self) -> usize {
        self.collateral.iter().map(|change| change.methods.len()).sum()
    }

    /// How many list entries and whole rule sets are added or removed.
    pub fn units(&self) -> usize {
        self.steps.iter().map(EditStep::units).sum()
    }

    /// How many bytes are added or removed.
    pub fn bytes(&self) -> usize {
        self.edits.iter().map(|edit| to_index(edit.span.len()) + edit.text.len()).sum()
    }
}

/// The best of [`proposals`].
///
/// None if the request is decided so already, if no policy can change it, or if the server refuses the text.
///
/// ```
/// use tollgate_policy::{Catalog, Effect, Request, propose};
///
/// let catalog = Catalog::review_board_8_1();
/// let text = r#"{"resources": {"*": {"allow": ["GET"], "block": ["*"]}}}"#;
/// let review = catalog.by_policy_id("review").next().ok_or("gone")?;
/// let proposal = propose(text, &Request::new(review, "POST", None), Effect::Allow, catalog).ok_or("none")?;
/// assert_eq!(
///     proposal.text,
///     r#"{"resources": {"*": {"allow": ["GET"], "block": ["*"]}, "review": {"*": {"allow": ["POST"]}}}}"#,
/// );
/// # Ok::<(), &str>(())
/// ```
pub fn propose(text: &str, request: &Request<'_>, wanted: Effect, catalog: &Catalog) -> Option<Proposal> {
    proposals(text, request, wanted, catalog).into_iter().next()
}

/// Every edit in question after which `request` is decided as `wanted`, best first.
///
/// At each place whose rules are asked (the item, the resource, everything) the method is named, and what speaks
/// against it before is removed; and once, rules are only removed, until nothing speaks against it.
/// The best edit changes the fewest other atoms; among equals it touches the fewest units, then the fewest bytes.
/// Of edits that come to the same policy only the best is kept.
/// There are none if the request is decided so already, if its resource is closed to tokens, or if the server refuses
/// the text.
///
/// Costs a comparison of two policies, and a few readings of the text, for each of at most four edits.
pub fn proposals(text: &str, request: &Request<'_>, wanted: Effect, catalog: &Catalog) -> Vec<Proposal> {
    let target = Target::of(request).filter(|_| request.resource.token_access == Access::Open);
    target.map(|target| proposals_for(text, target, wanted, catalog)).unwrap_or_default()
}

pub(crate) fn proposals_for(text: &str, target: Target<'_>, wanted: Effect, catalog: &Catalog) -> Vec<Proposal> {
    let wish = Wish { target, effect: wanted, catalog };
    let Some(start) = Attempt::start(text, wish).filter(|start| !start.is_granted()) else { return Vec::new() };
    let places = target.places();
    let named = (0..places.len()).filter_map(|index| name_at(&start, &places, index));
    let mut attempts: Vec<Attempt<'_>> = named.chain(remove_only(&start, &places)).collect();
    attempts.retain(Attempt::is_granted);

    let made = attempts.into_iter().filter_map(|attempt| proposal(&start.policy, attempt, wish));
    let mut proposals: Vec<Proposal> = made.collect();
    proposals.sort_by_key(|proposal| (proposal.collateral_atoms(), proposal.units(), proposal.bytes()));
    let mut best: Vec<Proposal> = Vec::with_capacity(proposals.len());
    for proposal in proposals {
        if !best.iter().any(|better| are_equivalent(&better.policy, &proposal.policy)) {
            best.push(proposal);
        }
    }
    best
}

/// Names the method at one of the places; what is asked before it must be silent.
fn name_at<'w>(start: &Attempt<'w>, places: &[Place], index: usize) -> Option<Attempt<'w>> {
    let mut attempt = start.clone();
    for place in places.iter().take(index) {
        attempt.silence(place)?;
    }
    if attempt.is_granted() {
        return None;
    }
    attempt.name(places.get(index)?)?;
    Some(attempt)
}

/// Removes what speaks against the wish, place by place, until nothing does.
fn remove_only<'w>(start: &Attempt<'w>, places: &[Place]) -> Option<Attempt<'w>> {
    let mut attempt = start.clone();
    for place in places {
        attempt.silence(place)?;
        if attempt.is_granted() {
            return Some(attempt);
        }
    }
    None
}

fn proposal(before: &Policy, attempt: Attempt<'_>, wish: Wish<'_>) -> Option<Proposal> {
    let comparison = compare(before, &attempt.policy, wish.catalog);
    let collateral = collateral(before, &attempt.policy, &comparison, &wish.target, wish.catalog)?;
    let failed = failing_lists(before, wish.catalog);
    let crashes_list = failing_lists(&attempt.policy, wish.catalog).iter().any(|list| !failed.contains(list));
    Some(Proposal {
        edits: attempt.edits(),
        text: attempt.text().to_owned(),
        crashes_list,
        policy: attempt.policy,
        steps: attempt.steps,
        comparison,
        collateral,
    })
}

/// The resources whose list is allowed, but fails because the policy has rules for single ids of theirs.
fn failing_lists<'p>(policy: &'p Policy, catalog: &Catalog) -> Vec<&'p str> {
    let named: Vec<&str> =
        policy.sections().iter().filter(|section| section.names_ids()).map(|s| s.policy_id().as_str()).collect();
    if named.is_empty() {
        return named;
    }
    let compiled = CompiledPolicy::new(policy);
    let has_list = |policy_id: &str| {
        let mut open = catalog.by_policy_id(policy_id).filter(|resource| resource.token_access == Access::Open);
        open.any(|resource| resource.fragile_list().is_some())
    };
    let is_failing = |&id: &&str| has_list(id) && compiled.decide(id, "GET", None).effect == Effect::Allow;
    named.into_iter().filter(is_failing).collect()
}
