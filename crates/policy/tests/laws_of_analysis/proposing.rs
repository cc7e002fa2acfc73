//! Laws about the edits that are proposed for a request.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{Value, json};
use tollgate_policy::assist::lay_out;
use tollgate_policy::rewrite::apply;
use tollgate_policy::{
    Atom, Catalog, Effect, ItemClass, Method, MethodClass, Policy, Proposal, Request, ResourceClass, TextEdit, Witness,
    check, proposals, reference,
};

use super::brute_force::{accepted, decide, requests};
use super::comparing::{atoms, item_id};
use super::documents::varied;
use super::{same, strategies};

/// The request that shall be decided otherwise.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    policy_id: String,
    method: String,
    item_id: Option<String>,
}

impl Target {
    fn effect(&self, policy: &Policy) -> Effect {
        reference::decide(policy, &self.policy_id, &self.method, self.item_id.as_deref()).effect
    }

    fn proposals(&self, text: &str, wanted: Effect) -> Result<Vec<Proposal>, String> {
        let catalog = Catalog::review_board_8_1();
        let resource = catalog.by_policy_id(&self.policy_id).next().ok_or("no such resource")?;
        Ok(proposals(text, &Request::new(resource, &self.method, self.item_id.as_deref()), wanted, catalog))
    }

    /// The id, unless it is decided like none.
    fn named_id(&self) -> Option<&str> {
        self.item_id.as_deref().filter(|item_id| *item_id != "*")
    }

    /// Whether it is this request that a witness names.
    fn is(&self, witness: &Witness) -> bool {
        (witness.policy_id.as_str(), witness.method.as_str(), item_id(witness))
            == (self.policy_id.as_str(), self.method.as_str(), self.named_id())
    }

    fn atom(&self) -> Atom {
        Atom {
            resource: ResourceClass::Named(self.policy_id.as_str().into()),
            item: self.named_id().map_or(ItemClass::None, |item_id| ItemClass::Named(item_id.into())),
            method: MethodClass::Named(self.method.as_str().into()),
        }
    }

    /// A document that names all that the request does.
    fn document(&self) -> Value {
        let (policy_id, item_id) = (self.policy_id.as_str(), self.named_id().unwrap_or("*"));
        json!({"resources": {policy_id: {item_id: {"allow": [self.method]}}}})
    }

    /// The atoms that are decided otherwise after a proposal, of a space that names the request too.
    fn differences(
        &self,
        document: &Value,
        before: &Policy,
        proposal: &Proposal,
    ) -> Result<BTreeMap<Atom, Effect>, String> {
        let after: Value = serde_json::from_str(&proposal.text).map_err(|error| error.to_string())?;
        let mut differences = BTreeMap::new();
        for asked in requests(&[document, &after, &self.document()]) {
            let is = decide(&proposal.policy, &asked);
            if decide(before, &asked) != is {
                differences.insert(asked.atom, is);
            }
        }
        Ok(differences)
    }
}

/// A request for any resource that is open to tokens.
pub(crate) fn target() -> impl Strategy<Value = Target> {
    let method = strategies::method().prop_filter("`*` is no method", |method| method != Method::ANY);
    (strategies::policy_id(), method, strategies::item_id()).prop_map(|(policy_id, method, item_id)| Target {
        policy_id,
        method,
        item_id,
    })
}

/// A document, how it is written, and the request that shall be decided otherwise.
pub(crate) fn wishes() -> impl Strategy<Value = (Value, usize, Target)> {
    (varied(), 0..4_usize, target())
}

/// A document as a person, a server or a program would write it.
pub(crate) fn written(document: &Value, layout: usize) -> String {
    match layout {
        0 => serde_json::to_string_pretty(document).unwrap().replace('\n', "\r\n"),
        1 => lay_out(&document.to_string()).unwrap(),
        2 => strategies::accepted(document).to_json(),
        _ => document.to_string(),
    }
}

/// Makes the edits one by one from the last, as a person would.
pub(crate) fn slowly(text: &str, edits: &[TextEdit]) -> String {
    let mut text = text.to_owned();
    for edit in edits.iter().rev() {
        text.replace_range(
            usize::try_from(edit.span.start).unwrap()..usize::try_from(edit.span.end).unwrap(),
            &edit.text,
        );
    }
    text
}

/// After each proposal the request is decided otherwise, by a text that the server accepts and that is the one before
/// but for the edits.
pub(crate) fn a_proposal_turns_its_target_around_and_keeps_all_other_bytes(
    document: &Value,
    layout: usize,
    target: &Target,
) -> Result<(), String> {
    let text = written(document, layout);
    let before = target.effect(&accepted(document)?);
    same("proposals for what is so already", target.proposals(&text, before)?.len(), 0)?;
    let proposals = target.proposals(&text, opposite(before))?;
    same("nothing to propose", proposals.is_empty(), false)?;
    for proposal in &proposals {
        let policy = check(&proposal.text, Catalog::review_board_8_1()).policy();
        same("policy of the text", policy.as_ref(), Some(&proposal.policy))?;
        same("effect", target.effect(&proposal.policy), opposite(before))?;
        same("text", proposal.text.as_str(), proposal.policy.text())?;
        same("edited text", apply(&text, &proposal.edits), Some(slowly(&text, &proposal.edits)))?;
        same("text after the edits", apply(&text, &proposal.edits).as_deref(), Some(proposal.text.as_str()))?;
    }
    let is_sorted = proposals.is_sorted_by_key(|proposal| (proposal.collateral_atoms(), proposal.units()));
    same("order", is_sorted, true)?;
    // Rules for the item alone reach nobody else.
    let is_alone = proposals.first().is_some_and(|proposal| proposal.collateral.is_empty());
    same("the best for an item reaches it alone", target.named_id().is_none() || is_alone, true)
}

/// The collateral has every other atom that changes once, and the request itself changes as it was wanted.
pub(crate) fn collateral_is_what_differs_besides_the_target(document: &Value, target: &Target) -> Result<(), String> {
    let policy = accepted(document)?;
    let wanted = opposite(target.effect(&policy));
    for proposal in target.proposals(policy.text(), wanted)? {
        let mut expected = target.differences(document, &policy, &proposal)?;
        same("target", expected.remove(&target.atom()), Some(wanted))?;
        let mut found = BTreeMap::new();
        for change in &proposal.collateral {
            for atom in atoms(change) {
                same("known change", found.insert(atom, change.effect), None)?;
            }
        }
        same("collateral", found, expected)?;
    }
    Ok(())
}

/// Each change of the collateral names a request, another than the one that was wanted, that changes as it says.
pub(crate) fn each_collateral_change_has_a_request_that_shows_it(
    document: &Value,
    target: &Target,
) -> Result<(), String> {
    let before = accepted(document)?;
    for proposal in target.proposals(before.text(), opposite(target.effect(&before)))? {
        for change in &proposal.collateral {
            let witness = &change.witness;
            same("the witness is the target", target.is(witness), false)?;
            let ask = |policy: &Policy| {
                let (policy_id, method) = (witness.policy_id.as_str(), witness.method.as_str());
                reference::decide(policy, policy_id, method, item_id(witness)).effect
            };
            let (was, is) = (ask(&before), ask(&proposal.policy));
            same("effects of a witness", (was, is), (opposite(change.effect), change.effect))?;
        }
    }
    Ok(())
}

fn opposite(effect: Effect) -> Effect {
    match effect {
        Effect::Allow => Effect::Deny,
        Effect::Deny => Effect::Allow,
    }
}
