//! Edits that turn one decision around, with what else they change.

use tollgate_browser::analysis::{CellName, ProposalLook};
use tollgate_policy::{CompiledPolicy, Policy, Proposal};

use super::changes::grouped;
use super::subject::{Subject, small};
use super::words::{Named, step};

/// How many side effects are listed; the others are counted.
const MOST_ALSO: usize = 6;

/// What a proposal warns of that makes a list fail.
const LIST_FAILS: &str =
    "A list fails afterward: Review Board 8.1 answers 500 to reading a list whose resource has rules for single ids.";

/// Proposals that decide `target` otherwise, in their order.
pub(super) fn looks(subject: &Subject<'_>, target: &CellName, proposals: &[Proposal]) -> Vec<ProposalLook> {
    let Some(before) = subject.policy.as_ref().map(CompiledPolicy::policy) else { return Vec::new() };
    proposals.iter().map(|proposal| look(subject, target, before, proposal)).collect()
}

fn look(subject: &Subject<'_>, target: &CellName, before: &Policy, proposal: &Proposal) -> ProposalLook {
    let named = Named::beside(target, before, &proposal.policy, subject.catalog);
    let groups = grouped(&proposal.collateral);
    ProposalLook {
        does: proposal.steps.iter().map(step).collect(),
        edits: subject.edits(&proposal.edits),
        also: groups.iter().take(MOST_ALSO).map(|group| group.sentence(&named, subject.catalog)).collect(),
        unlisted: small(groups.len().saturating_sub(MOST_ALSO)),
        also_atoms: small(proposal.collateral_atoms()),
        warns: if proposal.crashes_list { LIST_FAILS.to_owned() } else { String::new() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tollgate_policy::{Catalog, Effect, Request, check, proposals};

    #[test]
    fn a_proposal_says_what_it_writes_and_what_else_it_allows() {
        let text = r#"{"resources": {"*": {"allow": ["GET"], "block": ["*"]}}}"#;
        let catalog = Catalog::review_board_8_1();
        let checked = check(text, catalog);
        let review = catalog.by_policy_id("review").next().unwrap();
        let found = proposals(text, &Request::new(review, "PUT", Some("9")), Effect::Allow, catalog);
        let item_id = Some("9".to_owned());
        let target = CellName { policy_id: "review".to_owned(), item_id, method: "PUT".to_owned() };
        let looks = looks(&Subject::of(&checked, catalog), &target, &found);

        let exact = &looks[0];
        assert_eq!(exact.does, ["add `PUT` to `allow` of the rules for `review` `9`"]);
        assert_eq!((exact.also.len(), exact.also_atoms), (0, 0));
        assert!(exact.warns.contains("answers 500"), "{}", exact.warns);
        assert!(exact.edits[0].text.contains(r#""9": {"allow": ["PUT"]}"#), "{:?}", exact.edits);

        let wider = looks.iter().find(|look| look.does == ["add `PUT` to `allow` of the rules for `review`"]).unwrap();
        assert_eq!(wider.also, ["allows PUT on all other reviews"]);
        assert_eq!(wider.warns, "");
    }
}
