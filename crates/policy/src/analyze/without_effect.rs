//! Which parts of a policy could be deleted without changing any decision.

use std::cmp::Reverse;

use super::methods::differ;
use super::outline::Outline;
use super::rules::{RuleBits, entries, name};
use super::unit::{NoEffect, Redundant, Unit};
use crate::pointer::JsonPointer;
use crate::policy::{ListName, Policy};
use crate::span::Span;
use crate::syntax::{Document, Kind, Value};

/// Every list entry, rule set and section that could be deleted by itself without changing the decision about any
/// request, if the server accepts what is left; in the order of the text, the outer ones first.
///
/// `policy` must be the one of `document`, as the server accepts it.
///
/// Each is judged as if it alone were deleted: of two equal entries both are there, and deleting both may well change
/// something.
/// The only member of `resources` is never there, as the server refuses an empty one.
/// Nor is a member that replaced an earlier one with the same key, as deleting it would bring that one back.
///
/// Costs n log n in the number of rules; each part is judged by its own place alone.
///
/// ```
/// use tollgate_policy::{Catalog, NoEffect, check, without_effect};
///
/// let text = r#"{"resources": {"*": {"block": ["*", "PUT"]}, "review": {"7": {"allow": ["GET"]}}}}"#;
/// let checked = check(text, Catalog::review_board_8_1());
/// let found = without_effect(checked.document(), &checked.policy().ok_or("refused")?);
/// let [redundant] = found.as_slice() else { return Err("not one") };
/// assert_eq!(redundant.unit.pointer().as_str(), "/resources/*/block/1");
/// assert_eq!((redundant.unit.span().slice(text), redundant.reason), ("\"PUT\"", NoEffect::Implied));
/// # Ok::<(), &str>(())
/// ```
pub fn without_effect(document: &Document, policy: &Policy) -> Vec<Redundant> {
    let resources = document.tree().root().and_then(|root| root.get("resources"));
    let Some(resources) = resources.filter(|resources| resources.kind() == Kind::Object) else { return Vec::new() };
    let outline = Outline::of(policy);
    let nothing: Vec<u64> = vec![0; outline.methods().words()];
    let mut search = Search { outline: &outline, rules: RuleBits::empty(outline.methods()), found: Vec::new() };
    let pointer = JsonPointer::root().child("resources");
    let has_others = resources.children().nth(1).is_some();
    for member in resources.children() {
        let reason = match member.key().as_str() {
            Some("*") => search.rule_set(member, Some(&nothing), &|| pointer.child("*")),
            Some(policy_id) => search.section(member, policy_id, &pointer),
            None => None,
        };
        let is_global = member.key().as_str() == Some("*");
        let make = if is_global { rule_set } else { section };
        if has_others {
            search.member(member, reason, |span| make(pointer.child(member.key().lossy()), span));
        }
    }
    let mut found = search.found;
    found.sort_by_key(|redundant| (redundant.unit.span().start, Reverse(redundant.unit.span().end)));
    found
}

fn rule_set(pointer: JsonPointer, span: Span) -> Unit {
    Unit::RuleSet { pointer, span }
}

fn section(pointer: JsonPointer, span: Span) -> Unit {
    Unit::Section { pointer, span }
}

struct Search<'o> {
    outline: &'o Outline,
    /// Room for the rule set at hand.
    rules: RuleBits,
    found: Vec<Redundant>,
}

impl Search<'_> {
    /// Looks through a section; says why all of it could go, if it could.
    fn section(&mut self, section: Value<'_>, policy_id: &str, parent: &JsonPointer) -> Option<NoEffect> {
        let outline = self.outline;
        let outlined = outline.section(policy_id);
        let (everything, any_item) = (outline.everything(), outline.resource(outlined));
        for rules in section.children() {
            let base = match rules.key().as_str() {
                Some("*") => Some(everything),
                Some(_) => Some(any_item),
                // Half a surrogate pair comes in no request.
                None => None,
            };
            let pointer = || parent.child(policy_id).child(rules.key().lossy());
            let reason = self.rule_set(rules, base, &pointer);
            self.member(rules, reason, |span| rule_set(pointer(), span));
        }
        let mut places = outline.items(outlined).map(|(_, denied)| denied).chain([any_item]);
        places.all(|denied| !differ(denied, everything)).then_some(NoEffect::Implied)
    }

    /// Looks through a rule set that is asked before `base` is denied, or never without one; says why all of it could
    /// go, if it could.
    fn rule_set(
        &mut self,
        rules: Value<'_>,
        base: Option<&[u64]>,
        pointer: &dyn Fn() -> JsonPointer,
    ) -> Option<NoEffect> {
        let methods = self.outline.methods();
        self.rules.read(rules, methods);
        for list in [ListName::Allow, ListName::Block] {
            for (index, entry) in entries(rules, list).enumerate() {
                let reason = match base {
                    Some(base) => self.rules.no_effect(list, name(entry, methods), base, methods),
                    None => Some(NoEffect::MatchesNothing),
                };
                self.found.extend(reason.map(|reason| {
                    let pointer = pointer().child(list.as_str()).child(&index.to_string());
                    Redundant { unit: Unit::Entry { pointer, span: entry.span() }, reason }
                }));
            }
        }
        let Some(base) = base else { return Some(NoEffect::MatchesNothing) };
        let is_silent = self.rules.denied(base, methods).eq(base.iter().copied());
        is_silent.then_some(NoEffect::Implied)
    }

    /// Notes a member that has no effect, unless an earlier one with its key would come back.
    fn member(&mut self, member: Value<'_>, reason: Option<NoEffect>, unit: impl FnOnce(Span) -> Unit) {
        if let Some(reason) = reason.filter(|_| !member.replaces_another()) {
            let span = Span::new(member.key_span().start, member.span().end);
            self.found.push(Redundant { unit: unit(span), reason });
        }
    }
}
