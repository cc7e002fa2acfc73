//! What the rules look at.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use super::finding::Fix;
use super::layout::Layout;
use crate::analyze::{Redundant, without_effect};
use crate::catalog::Catalog;
use crate::check::Checked;
use crate::compile::CompiledPolicy;
use crate::diagnostic::{Code, Diagnostic};
use crate::policy::Policy;

/// A checked text with everything that rules and fixes need to know of it.
#[derive(Debug)]
pub(super) struct Subject<'c> {
    pub(super) checked: &'c Checked,
    pub(super) catalog: &'c Catalog,
    pub(super) layout: Layout<'c>,
    /// What there is beyond the text, if the server accepts it.
    pub(super) accepted: Option<Accepted>,
    /// The bracket that opens `resources`, or the value that stands there instead.
    pub(super) resources: Option<usize>,
    /// Whether each key of an object is there once, so that removing one brings no hidden one to light.
    pub(super) has_unique_keys: bool,
    keys_of_resources: OnceCell<BTreeSet<&'c str>>,
}

/// An accepted policy.
#[derive(Debug)]
pub(super) struct Accepted {
    pub(super) policy: Policy,
    pub(super) compiled: CompiledPolicy,
    /// What could be removed without changing a decision.
    pub(super) redundant: Vec<Redundant>,
    /// Where each of those starts in the text.
    starts: BTreeSet<u32>,
}

impl<'c> Subject<'c> {
    pub(super) fn new(checked: &'c Checked, catalog: &'c Catalog) -> Subject<'c> {
        let document = checked.document();
        let layout = Layout::new(document);
        let root = document.tree().root();
        let resources = root.and_then(|root| root.get("resources")).and_then(|value| layout.at(value.span().start));
        let is_duplicate = |diagnostic: &Diagnostic| diagnostic.code == Code::DuplicateKey;
        Subject {
            checked,
            catalog,
            layout,
            accepted: checked.policy().map(|policy| Accepted::new(checked, policy)),
            resources,
            has_unique_keys: document.omitted() == 0 && !document.diagnostics().iter().any(is_duplicate),
            keys_of_resources: OnceCell::new(),
        }
    }

    /// The token that a diagnostic marks first.
    pub(super) fn token(&self, diagnostic: &Diagnostic) -> Option<usize> {
        self.layout.at(diagnostic.span().start)
    }

    /// Whether `resources` has a member with this key.
    pub(super) fn has_section(&self, key: &str) -> bool {
        let keys = self.keys_of_resources.get_or_init(|| {
            let members = self.resources.into_iter().flat_map(|resources| self.layout.items(resources));
            members.filter_map(|member| self.layout.decoded(member)).collect()
        });
        keys.contains(key)
    }

    /// Whether a member or element of an accepted policy could be removed without changing a decision.
    pub(super) fn has_no_effect(&self, item: usize) -> bool {
        let start = self.layout.span(item).start;
        self.accepted.as_ref().is_some_and(|accepted| accepted.starts.contains(&start))
    }

    /// The removal of a member or element.
    pub(super) fn removal(&self, title: impl Into<String>, item: usize) -> Fix {
        Fix::new(title, vec![self.layout.remove(item)]).keeping_decisions(self.has_no_effect(item))
    }
}

impl Accepted {
    fn new(checked: &Checked, policy: Policy) -> Accepted {
        let redundant = without_effect(checked.document(), &policy);
        let starts = redundant.iter().map(|redundant| redundant.unit.span().start).collect();
        Accepted { compiled: CompiledPolicy::new(&policy), policy, redundant, starts }
    }
}
