//! What changes from one policy to another.

use std::convert::Infallible;
use std::ops::ControlFlow;

use serde::Serialize;

use super::atom::{ItemClass, MethodClass, ResourceClass};
use super::methods::{count, without};
use super::outline::{Outline, aligned};
use super::pair::{Spot, differences};
use super::witness::{self, Names, Witness};
use crate::catalog::Catalog;
use crate::eval::Effect;
use crate::policy::Policy;

/// How much one policy allows, held against another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Order {
    /// Both allow the same.
    Equal,
    /// It allows all that the other does, and more.
    More,
    /// It allows less than the other, and nothing else.
    Less,
    /// Each allows something that the other does not.
    Incomparable,
}

/// What changes from one policy to another; exact, not sampled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Comparison {
    /// How much the later policy allows, held against the earlier.
    pub order: Order,
    /// How many atoms the two tell apart.
    pub atoms: u64,
    /// On how many of them a denial becomes a permission.
    pub granted: u64,
    /// On how many of them a permission becomes a denial.
    pub removed: u64,
    /// Every atom that changes, those of one place together: resources in order and any other last, in each the named
    /// items in order, then any other, then none; what is granted comes before what is removed.
    pub changes: Vec<Change>,
}

/// The atoms of one place that change alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Change {
    /// What the later policy decides.
    pub effect: Effect,
    /// The resource.
    pub resource: ResourceClass,
    /// The item.
    pub item: ItemClass,
    /// The methods, in the order of [`Space::methods`](crate::Space::methods), any other last; at least one.
    pub methods: Vec<MethodClass>,
    /// A concrete request that changes, with one of the methods.
    pub witness: Witness,
}

/// Compares two policies.
///
/// The catalog serves only to choose witnesses.
/// Costs a sorting of the names of both; an [`Outline`] of a policy that is compared often saves that.
///
/// ```
/// use tollgate_policy::{Catalog, Effect, Order, Policy, compare};
///
/// let before = Policy::stored(r#"{"resources": {"*": {"allow": ["GET"], "block": ["*"]}}}"#).ok_or("refused")?;
/// let text = r#"{"resources": {"*": {"block": ["*"], "allow": ["GET"]}, "review": {"7": {"allow": ["PUT"]}}}}"#;
/// let after = Policy::stored(text).ok_or("refused")?;
/// let comparison = compare(&before, &after, Catalog::review_board_8_1());
/// assert_eq!((comparison.order, comparison.granted, comparison.removed), (Order::More, 1, 0));
///
/// let [change] = comparison.changes.as_slice() else { return Err("more than one change") };
/// let witness = &change.witness;
/// assert_eq!((change.effect, witness.policy_id.as_str(), witness.method.as_str()), (Effect::Allow, "review", "PUT"));
/// assert_eq!(witness.item_id.as_ref().map(|item_id| item_id.as_str()), Some("7"));
/// # Ok::<(), &str>(())
/// ```
pub fn compare(before: &Policy, after: &Policy, catalog: &Catalog) -> Comparison {
    Outline::of(before).compare(&Outline::of(after), catalog)
}

/// Compares the policies in two texts that a server holds already; none if either holds no policy.
///
/// It finds what [`compare`] finds about what [`Policy::stored`] reads. Between texts of the usual shape that takes a
/// small part of the time, see [`Outline::read`].
///
/// ```
/// use tollgate_policy::{Catalog, Order, compare_texts, presets};
///
/// let comparison = compare_texts("{}", presets::read_only(), Catalog::review_board_8_1()).ok_or("refused")?;
/// assert_eq!(comparison.order, Order::Less);
/// assert!(compare_texts("{}", "[]", Catalog::review_board_8_1()).is_none());
/// # Ok::<(), &str>(())
/// ```
pub fn compare_texts(before: &str, after: &str, catalog: &Catalog) -> Option<Comparison> {
    Some(Outline::read(before)?.compare(&Outline::read(after)?, catalog))
}

/// The same from the bytes of both texts in UTF-8, see [`Outline::read_bytes`]; none if one is no UTF-8.
///
/// ```
/// use tollgate_policy::{Catalog, Order, compare_bytes, presets};
///
/// let before = presets::read_only().as_bytes();
/// let comparison = compare_bytes(before, b"{}", Catalog::review_board_8_1()).ok_or("refused")?;
/// assert_eq!(comparison.order, Order::More);
/// # Ok::<(), &str>(())
/// ```
pub fn compare_bytes(before: &[u8], after: &[u8], catalog: &Catalog) -> Option<Comparison> {
    Some(Outline::read_bytes(before)?.compare(&Outline::read_bytes(after)?, catalog))
}

/// Whether two policies decide every request alike.
///
/// Costs a sorting of the names of both.
///
/// ```
/// use tollgate_policy::{Policy, are_equivalent};
///
/// let silent = Policy::stored(r#"{"resources": {"*": {"allow": ["GET"]}}}"#).ok_or("refused")?;
/// assert!(are_equivalent(&silent, &Policy::full_access()));
/// # Ok::<(), &str>(())
/// ```
pub fn are_equivalent(a: &Policy, b: &Policy) -> bool {
    Outline::of(a).is_equivalent_to(&Outline::of(b))
}

impl Outline {
    /// Compares this policy with the one `after` it.
    ///
    /// Costs a walk over both, and room for what changes.
    ///
    /// ```
    /// use tollgate_policy::{Catalog, Order, Outline, Policy, presets};
    ///
    /// let everything = Outline::of(&Policy::full_access());
    /// let reading = Outline::of(&Policy::stored(presets::read_only()).ok_or("refused")?);
    /// assert_eq!(everything.compare(&reading, Catalog::review_board_8_1()).order, Order::Less);
    /// # Ok::<(), &str>(())
    /// ```
    pub fn compare(&self, after: &Outline, catalog: &Catalog) -> Comparison {
        let (before, after) = aligned(self, after);
        let both = Both { before: &before, after: &after };
        let mut comparison = Comparison { order: Order::Equal, atoms: 0, granted: 0, removed: 0, changes: Vec::new() };
        let walked: ControlFlow<Infallible, u64> = differences(&before, &after, |spot| {
            comparison.record(&spot, &both, catalog);
            ControlFlow::Continue(())
        });
        let ControlFlow::Continue(places) = walked;
        comparison.atoms = places * before.methods().count() as u64;
        comparison.order = match (comparison.granted, comparison.removed) {
            (0, 0) => Order::Equal,
            (_, 0) => Order::More,
            (0, _) => Order::Less,
            _ => Order::Incomparable,
        };
        comparison
    }

    /// Whether this policy and another decide every request alike.
    pub fn is_equivalent_to(&self, other: &Outline) -> bool {
        let (one, other) = aligned(self, other);
        differences(&one, &other, |_| ControlFlow::Break(())).is_continue()
    }
}

impl Comparison {
    fn record(&mut self, spot: &Spot<'_>, both: &Both<'_>, catalog: &Catalog) {
        let granted: Vec<u64> = without(spot.before, spot.after).collect();
        let removed: Vec<u64> = without(spot.after, spot.before).collect();
        self.granted += count(granted.iter().copied()) as u64;
        self.removed += count(removed.iter().copied()) as u64;
        for (effect, changed) in [(Effect::Allow, granted), (Effect::Deny, removed)] {
            let methods = both.before.methods().classes(&changed);
            if methods.is_empty() {
                continue;
            }
            let resource = spot.policy_id.cloned().map_or(ResourceClass::Other, ResourceClass::Named);
            let item = spot.item.clone();
            let witness = witness::find(both, &resource, &item, &methods, catalog);
            self.changes.push(Change { effect, resource, item, methods, witness });
        }
    }
}

/// Two outlines over the same methods.
struct Both<'o> {
    before: &'o Outline,
    after: &'o Outline,
}

impl Names for Both<'_> {
    fn has_resource(&self, policy_id: &str) -> bool {
        [self.before, self.after].into_iter().any(|outline| outline.section(policy_id).is_some())
    }

    fn has_item(&self, policy_id: &str, item_id: &str) -> bool {
        let mut outlines = [self.before, self.after].into_iter();
        outlines.any(|outline| outline.section(policy_id).is_some_and(|section| outline.names_item(section, item_id)))
    }

    fn item_count(&self, policy_id: &str) -> usize {
        let outlines = [self.before, self.after].into_iter();
        outlines.filter_map(|outline| Some(outline.item_count(outline.section(policy_id)?))).sum()
    }

    fn has_method(&self, method: &str) -> bool {
        self.before.methods().number(method).is_some()
    }
}
