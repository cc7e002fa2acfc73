//! A policy as sorted names and bits: the form in which whole policies are compared.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::ops::Range;
use std::sync::Arc;

use super::item_key::ItemKey;
use super::methods::{self, Methods, OTHER};
use crate::eval::Effect;
use crate::ids::{ItemId, Method, PolicyId};
use crate::policy::{ListName, Place, Policy, RuleSet, Section};

/// A policy prepared for comparison: for every place that it names, which methods it denies there.
///
/// Building it sorts every name once. Comparing two of them then is a walk over both, some nanoseconds for each place.
/// Of the text it keeps the names and nothing else: rules that decide alike have the same outline.
#[derive(Clone, Debug)]
pub struct Outline {
    methods: Arc<Methods>,
    /// Sorted by policy id.
    sections: Vec<SectionOutline>,
    /// The items of all sections, those of one together, shorter ids first: as ids are mostly numbers, which are
    /// mostly written as they are counted, most sections are in this order already.
    items: Vec<ItemKey>,
    /// The texts of all ids that their keys cannot hold.
    long_ids: String,
    /// The methods denied in each place, so many words for each: all resources first, then for each section, in any
    /// order, the resource as a whole and its items.
    denied: Vec<u64>,
}

/// What a policy says about one resource.
#[derive(Clone, Debug)]
pub(super) struct SectionOutline {
    pub(super) policy_id: PolicyId,
    first_item: usize,
    end_of_items: usize,
    /// The place of the resource as a whole; those of its items follow.
    first_place: usize,
}

impl Outline {
    /// Prepares `policy`. Costs n log n in the number of its rules, less the better its ids are sorted.
    ///
    /// ```
    /// use tollgate_policy::{Outline, Policy};
    ///
    /// let silent = Policy::stored(r#"{"resources": {"review": {"7": {"allow": ["GET"]}}}}"#).ok_or("refused")?;
    /// assert!(Outline::of(&silent).is_equivalent_to(&Outline::of(&Policy::full_access())));
    /// # Ok::<(), &str>(())
    /// ```
    pub fn of(policy: &Policy) -> Outline {
        Outline::over(policy, Arc::new(Methods::of(methods::mentioned(policy))))
    }

    /// Prepares `policy` over `methods`, which should be all that it names; what it says about others is left out.
    pub(super) fn over(policy: &Policy, methods: Arc<Methods>) -> Outline {
        let mut sections: Vec<&Section> = policy.sections().iter().collect();
        sections.sort_by(|left, right| left.policy_id().cmp(right.policy_id()));
        let places = policy.rule_sets().len() + sections.len() + 1;
        let mut outline = Outline {
            sections: Vec::with_capacity(sections.len()),
            items: Vec::with_capacity(policy.rule_sets().len()),
            long_ids: String::new(),
            denied: Vec::with_capacity(places * methods.words()),
            methods,
        };
        outline.push_place(policy.global(), None);
        for section in sections {
            outline.push_section(policy, section);
        }
        outline
    }

    /// One over `methods`, which fit in a word, without sections: all resources deny `everything`.
    ///
    /// `items` are those of the `sections` that will be pushed, and `long_ids` holds the texts of their keys.
    pub(super) fn of_words(
        methods: Methods,
        everything: u64,
        sections: usize,
        items: Vec<ItemKey>,
        long_ids: String,
    ) -> Outline {
        let mut denied = Vec::with_capacity(items.len() + sections + 1);
        denied.push(everything);
        Outline { methods: Arc::new(methods), sections: Vec::with_capacity(sections), items, long_ids, denied }
    }

    /// Adds a section over methods that fit in a word, behind those whose policy ids come before its own.
    ///
    /// It denies the word `any_item` as a whole, and for each of its `items`, shorter ids first, the next of `words`.
    pub(super) fn push_words(
        &mut self,
        policy_id: PolicyId,
        items: Range<usize>,
        any_item: u64,
        words: impl Iterator<Item = u64>,
    ) {
        let first_place = self.places();
        self.denied.push(any_item);
        self.denied.extend(words);
        let (first_item, end_of_items) = (items.start, items.end);
        self.sections.push(SectionOutline { policy_id, first_item, end_of_items, first_place });
    }

    fn push_section(&mut self, policy: &Policy, section: &Section) {
        let (first_item, first_place) = (self.items.len(), self.places());
        let rule_sets = policy.rule_sets_of(section);
        let mut all_items = None;
        let mut items = Vec::with_capacity(rule_sets.len());
        for rules in rule_sets {
            match rules.place() {
                Place::Item { item_id, .. } => {
                    items.push((ItemKey::new(item_id.as_str(), &mut self.long_ids), rules));
                }
                _ => all_items = Some(rules),
            }
        }
        // The stable sort makes use of runs.
        let outline = &*self;
        items.sort_by(|left, right| outline.order_short_first(&left.0, outline, &right.0));
        self.push_place(all_items, Some(0));
        for (key, rules) in items {
            self.items.push(key);
            self.push_place(Some(rules), Some(first_place));
        }
        let end_of_items = self.items.len();
        self.sections.push(SectionOutline {
            policy_id: section.policy_id().clone(),
            first_item,
            end_of_items,
            first_place,
        });
    }

    /// Adds a place whose rules are asked before those of the place `base`; without one, everything is allowed there.
    fn push_place(&mut self, rules: Option<&RuleSet>, base: Option<usize>) {
        let words = self.methods.words();
        let start = self.denied.len();
        match (rules.and_then(any), base) {
            (Some(Effect::Deny), _) => self.denied.extend_from_slice(self.methods.all()),
            (None, Some(base)) => self.denied.extend_from_within(base * words..(base + 1) * words),
            _ => self.denied.resize(start + words, 0),
        }
        let Some(rules) = rules else { return };
        let denied = self.denied.get_mut(start..).unwrap_or_default();
        // In this order, as blocking by name is stronger than allowing by name.
        for number in self.methods.numbers(rules.list(ListName::Allow)) {
            methods::remove(denied, number);
        }
        for number in self.methods.numbers(rules.list(ListName::Block)) {
            methods::insert(denied, number);
        }
    }

    /// How many atoms the policy tells apart.
    ///
    /// ```
    /// use tollgate_policy::{Outline, Policy, Space};
    ///
    /// let policy = Policy::full_access();
    /// assert_eq!(Outline::of(&policy).atom_count(), Space::of(&[&policy]).count());
    /// ```
    pub fn atom_count(&self) -> u64 {
        // Each section and the rest of the resources have two more places: any other item, and none.
        let places = self.items.len() + 2 * (self.sections.len() + 1);
        places as u64 * self.methods.count() as u64
    }

    pub(super) fn methods(&self) -> &Methods {
        &self.methods
    }

    pub(super) fn sections(&self) -> &[SectionOutline] {
        &self.sections
    }

    /// The section of a resource. Costs a binary search.
    pub(super) fn section(&self, policy_id: &str) -> Option<&SectionOutline> {
        let found = self.sections.binary_search_by(|section| section.policy_id.as_str().cmp(policy_id)).ok()?;
        self.sections.get(found)
    }

    /// What is denied for all resources without a section.
    pub(super) fn everything(&self) -> &[u64] {
        self.place(0)
    }

    /// What is denied for a resource as a whole; without a section that is what is denied for all resources.
    pub(super) fn resource(&self, section: Option<&SectionOutline>) -> &[u64] {
        self.place(section.map_or(0, |section| section.first_place))
    }

    /// The ids of a section, shorter ones first, each with what is denied for that item.
    pub(super) fn items<'o>(
        &'o self,
        section: Option<&SectionOutline>,
    ) -> impl Iterator<Item = (&'o ItemKey, &'o [u64])> + use<'o> {
        let words = self.methods.words();
        let parts = section.and_then(|section| {
            let keys = self.keys(Some(section));
            let first = (section.first_place + 1) * words;
            Some((keys, self.denied.get(first..first + keys.len() * words)?))
        });
        let (keys, denied) = parts.unwrap_or_default();
        keys.iter().zip(denied.chunks_exact(words))
    }

    /// The same in the order of the ids as texts. Costs a sorting.
    pub(super) fn items_in_order_of_texts(&self, section: Option<&SectionOutline>) -> Vec<(&ItemKey, &[u64])> {
        let mut items: Vec<(&ItemKey, &[u64])> = self.items(section).collect();
        // The stable sort makes use of runs: the ids of each length are one.
        items.sort_by(|(left, _), (right, _)| self.order(left, self, right));
        items
    }

    /// Whether a section names the very items that one of another outline names.
    pub(super) fn names_items_of(
        &self,
        section: Option<&SectionOutline>,
        other: &Outline,
        section_of_other: Option<&SectionOutline>,
    ) -> bool {
        let (keys, others) = (self.keys(section), other.keys(section_of_other));
        let mut both = keys.iter().zip(others);
        keys.len() == others.len() && both.all(|(key, of_other)| self.order_short_first(key, other, of_other).is_eq())
    }

    fn keys(&self, section: Option<&SectionOutline>) -> &[ItemKey] {
        let keys = section.and_then(|section| self.items.get(section.first_item..section.end_of_items));
        keys.unwrap_or_default()
    }

    /// How many ids a section names.
    pub(super) fn item_count(&self, section: &SectionOutline) -> usize {
        section.end_of_items.saturating_sub(section.first_item)
    }

    /// Whether a section names an id. Costs a binary search.
    pub(super) fn names_item(&self, section: &SectionOutline, item_id: &str) -> bool {
        let keys = self.keys(Some(section));
        let wanted = ItemKey::alone(item_id);
        keys.binary_search_by(|key| key.order_short_first(&self.long_ids, &wanted, item_id)).is_ok()
    }

    /// The id that `key`, which must be one of this outline, stands for.
    pub(super) fn item_id(&self, key: &ItemKey) -> ItemId {
        key.item_id(&self.long_ids)
    }

    /// How the ids, as texts, compare of a key of this outline and one of another.
    pub(super) fn order(&self, key: &ItemKey, other: &Outline, key_of_other: &ItemKey) -> Ordering {
        key.order(&self.long_ids, key_of_other, &other.long_ids)
    }

    /// The same with shorter ids before longer ones, which is the order that items are in.
    pub(super) fn order_short_first(&self, key: &ItemKey, other: &Outline, key_of_other: &ItemKey) -> Ordering {
        key.order_short_first(&self.long_ids, key_of_other, &other.long_ids)
    }

    /// How the id of a key of this outline compares to another id.
    pub(super) fn order_to_id(&self, key: &ItemKey, item_id: &str) -> Ordering {
        key.order(&self.long_ids, &ItemKey::alone(item_id), item_id)
    }

    fn places(&self) -> usize {
        self.denied.len() / self.methods.words()
    }

    fn place(&self, place: usize) -> &[u64] {
        let words = self.methods.words();
        self.denied.get(place * words..(place + 1) * words).unwrap_or_default()
    }

    /// The same over more methods. Those that it did not know are decided like any other.
    fn with_methods(&self, methods: &Arc<Methods>) -> Outline {
        let numbers = methods.named().iter().map(|method| self.methods.number(method.as_str()).unwrap_or(OTHER));
        let numbers: Vec<usize> = [OTHER].into_iter().chain(numbers).collect();
        let mut denied = Vec::with_capacity(self.places() * methods.words());
        for place in self.denied.chunks_exact(self.methods.words()) {
            let start = denied.len();
            denied.resize(start + methods.words(), 0);
            let wider = denied.get_mut(start..).unwrap_or_default();
            for (number, here) in numbers.iter().enumerate() {
                if methods::contains(place, *here) {
                    methods::insert(wider, number);
                }
            }
        }
        let (sections, items, long_ids) = (self.sections.clone(), self.items.clone(), self.long_ids.clone());
        Outline { methods: Arc::clone(methods), sections, items, long_ids, denied }
    }
}

/// Both outlines over the methods that either knows. Costs nothing if they know the same.
pub(super) fn aligned<'o>(before: &'o Outline, after: &'o Outline) -> (Cow<'o, Outline>, Cow<'o, Outline>) {
    if before.methods == after.methods {
        return (Cow::Borrowed(before), Cow::Borrowed(after));
    }
    let named = before.methods.named().iter().chain(after.methods.named());
    let methods = Arc::new(Methods::of(named));
    (Cow::Owned(before.with_methods(&methods)), Cow::Owned(after.with_methods(&methods)))
}

/// What rules say to a method that they do not name; nothing if they are silent about it.
fn any(rules: &RuleSet) -> Option<Effect> {
    let names_any = |name| rules.list(name).iter().any(|entry| entry.method().as_str() == Method::ANY);
    if names_any(ListName::Block) { Some(Effect::Deny) } else { names_any(ListName::Allow).then_some(Effect::Allow) }
}
