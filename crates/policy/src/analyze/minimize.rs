//! The smallest policy that decides alike.

use super::compare::are_equivalent;
use super::outline::Outline;
use super::shortest::{member, object, shortest};
use super::size::Size;
use crate::policy::Policy;
use crate::syntax::parse;

/// A policy made as small as can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Minimized {
    /// The smallest text, as JSON without white space; the same for all policies that decide alike.
    pub text: String,
    /// The policy that it is the text of.
    pub policy: Policy,
    /// The size of the policy as it was.
    pub size_before: Size,
    /// The size of the smallest policy.
    pub size_after: Size,
    /// On how many atoms the two were compared, and decide the same.
    pub atoms: u64,
}

/// The smallest policy that decides every request as `policy` does; no policy of a lesser [`Size`] does.
///
/// What has no meaning in a policy, such as other keys, is left out.
/// Names are in order: `*` first, then the others.
/// It names an id only where the policy it was made from names it, so no list fails on Review Board 8.1 that did not
/// fail before.
/// The server accepts it if it accepts the other.
///
/// Costs a sorting of the policy's names, and a few walks over its text and over what comes out.
///
/// ```
/// use tollgate_policy::{Policy, minimize};
///
/// let text = r#"{"resources": {"review": {"7": {"allow": ["GET"]}, "*": {"allow": ["*"], "block": ["PUT", "PUT"]}}}}"#;
/// let minimized = minimize(&Policy::stored(text).ok_or("refused")?);
/// assert_eq!(minimized.text, r#"{"resources":{"review":{"*":{"block":["PUT"]}}}}"#);
/// assert!(minimized.size_after < minimized.size_before);
/// // Reviews and anything else; review 7, any other item, or none; 8 methods.
/// assert_eq!(minimized.atoms, (3 + 2) * 8);
/// # Ok::<(), &str>(())
/// ```
pub fn minimize(policy: &Policy) -> Minimized {
    let outline = Outline::of(policy);
    let smallest = Policy::stored(&smallest_text(&outline));
    // Whoever reads the number of atoms relies on this comparison, and not on the argument that it must turn out well.
    let kept = smallest.filter(|smallest| are_equivalent(policy, smallest)).unwrap_or_else(|| policy.clone());
    Minimized {
        text: kept.text().to_owned(),
        size_before: Size::of(&parse(policy.text())),
        size_after: Size::of(&parse(kept.text())),
        atoms: outline.atom_count(),
        policy: kept,
    }
}

/// Each place by itself: what it denies is fixed, and so is what would be denied there without it.
fn smallest_text(outline: &Outline) -> String {
    let methods = outline.methods();
    let nothing: Vec<u64> = vec![0; methods.words()];
    let mut resources = Vec::new();
    resources.extend(shortest(outline.everything(), &nothing, methods).map(|rules| member("*", &rules)));
    for section in outline.sections() {
        let any_item = outline.resource(Some(section));
        let mut members = Vec::new();
        members.extend(shortest(any_item, outline.everything(), methods).map(|rules| member("*", &rules)));
        for (key, denied) in outline.items_in_order_of_texts(Some(section)) {
            let rules = shortest(denied, any_item, methods);
            members.extend(rules.map(|rules| member(outline.item_id(key).as_str(), &rules)));
        }
        if !members.is_empty() {
            resources.push(member(section.policy_id.as_str(), &object(&members)));
        }
    }
    if resources.is_empty() { object(&[]) } else { object(&[member("resources", &object(&resources))]) }
}
