//! The fast way to decide.

use super::methods::{MethodNumbers, MethodSet};
use crate::eval::{Decision, Effect, PrecedenceRow, RuleRef};
use crate::ids::{ItemId, PolicyId};
use crate::pointer::JsonPointer;
use crate::policy::{ListName, Place, Policy, RuleSet};
use crate::span::{Span, to_index, to_offset};

/// A policy prepared for many decisions.
///
/// Building it sorts every name once; a decision then costs three binary searches at most, whatever the number of
/// rules.
#[derive(Clone, Debug)]
pub struct CompiledPolicy {
    policy: Policy,
    numbers: MethodNumbers,
    global: Option<CompiledRules>,
    /// Sorted by policy id.
    sections: Box<[CompiledSection]>,
}

#[derive(Clone, Debug)]
struct CompiledSection {
    policy_id: PolicyId,
    names_ids: bool,
    all_items: Option<CompiledRules>,
    /// Sorted by item id.
    items: Box<[(ItemId, CompiledRules)]>,
}

#[derive(Clone, Debug)]
struct CompiledRules {
    rule_set: u32,
    allow: MethodSet,
    block: MethodSet,
}

/// The four rows of the table that belong to one place.
type Rows = [PrecedenceRow; 4];

const ITEM: Rows = [
    PrecedenceRow::ItemBlocksMethod,
    PrecedenceRow::ItemAllowsMethod,
    PrecedenceRow::ItemBlocksAny,
    PrecedenceRow::ItemAllowsAny,
];
const RESOURCE: Rows = [
    PrecedenceRow::ResourceBlocksMethod,
    PrecedenceRow::ResourceAllowsMethod,
    PrecedenceRow::ResourceBlocksAny,
    PrecedenceRow::ResourceAllowsAny,
];
const GLOBAL: Rows = [
    PrecedenceRow::GlobalBlocksMethod,
    PrecedenceRow::GlobalAllowsMethod,
    PrecedenceRow::GlobalBlocksAny,
    PrecedenceRow::GlobalAllowsAny,
];

impl CompiledPolicy {
    /// Prepares `policy`. Costs n log n in the number of its rules.
    pub fn new(policy: &Policy) -> CompiledPolicy {
        let lists =
            policy.rule_sets().iter().flat_map(|rules| [rules.list(ListName::Allow), rules.list(ListName::Block)]);
        let numbers = MethodNumbers::new(lists.flatten().map(|entry| entry.method()));
        let mut global = None;
        let mut sections = Vec::new();
        for section in policy.sections() {
            let mut compiled = CompiledSection {
                policy_id: section.policy_id().clone(),
                names_ids: section.names_ids(),
                all_items: None,
                items: Box::default(),
            };
            let mut items = Vec::new();
            for (rule_set, rules) in (section.first_rule_set..).zip(policy.rule_sets_of(section)) {
                let rules_compiled = CompiledRules::new(rule_set, rules, &numbers);
                match rules.place() {
                    Place::Item { item_id, .. } => items.push((item_id.clone(), rules_compiled)),
                    _ => compiled.all_items = Some(rules_compiled),
                }
            }
            items.sort_unstable_by(|left, right| left.0.cmp(&right.0));
            compiled.items = items.into();
            sections.push(compiled);
        }
        for (rule_set, rules) in policy.rule_sets().iter().enumerate() {
            if *rules.place() == Place::Everything {
                global = Some(CompiledRules::new(rule_set, rules, &numbers));
            }
        }
        sections.sort_unstable_by(|left, right| left.policy_id.cmp(&right.policy_id));
        CompiledPolicy { policy: policy.clone(), numbers, global, sections: sections.into() }
    }

    /// The policy it was made from.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Decides about `method` on the item `item_id` of a resource, or on its list if there is none.
    ///
    /// This is the policy's own say; what the server does around it is [`gate`](crate::gate).
    ///
    /// ```
    /// use tollgate_policy::{Catalog, CompiledPolicy, check};
    ///
    /// let text = r#"{"resources": {"review": {"7": {"allow": ["GET"]}, "*": {"block": ["*"]}}}}"#;
    /// let policy = check(text, Catalog::review_board_8_1()).policy().ok_or("refused")?;
    /// let compiled = CompiledPolicy::new(&policy);
    /// assert_eq!(compiled.decide("review", "GET", Some("7")).row.number(), 2);
    /// assert_eq!(compiled.decide("review", "PUT", Some("7")).row.number(), 7);
    /// # Ok::<(), &str>(())
    /// ```
    pub fn decide(&self, policy_id: &str, method: &str, item_id: Option<&str>) -> Decision {
        let number = self.numbers.number(method);
        let section = self.section(policy_id);
        let item = section.and_then(|section| section.item(item_id?));
        let all_items = section.and_then(|section| section.all_items.as_ref());
        [(item, ITEM), (all_items, RESOURCE), (self.global.as_ref(), GLOBAL)]
            .into_iter()
            .find_map(|(rules, rows)| rules?.decide(number, rows))
            .unwrap_or(Decision::DEFAULT)
    }

    /// Decides about `method` on a resource that the policy does not name: what the rules for everything say.
    pub(crate) fn decide_elsewhere(&self, method: &str) -> Decision {
        let number = self.numbers.number(method);
        self.global.as_ref().and_then(|rules| rules.decide(number, GLOBAL)).unwrap_or(Decision::DEFAULT)
    }

    /// Where the entry that decides stands in the document.
    pub fn pointer(&self, decision: &Decision) -> Option<JsonPointer> {
        let rule = decision.rule?;
        let pointer = self.rule_set(rule)?.place().pointer();
        Some(pointer.child(rule.list.as_str()).child(&rule.entry.to_string()))
    }

    /// Where the entry that decides stands in the text.
    ///
    /// Costs a binary search in its list.
    pub fn span(&self, decision: &Decision) -> Option<Span> {
        let rule = decision.rule?;
        let list = self.rule_set(rule)?.list(rule.list);
        let found = list.binary_search_by_key(&rule.entry, |entry| entry.index()).ok()?;
        list.get(found).map(|entry| entry.span())
    }

    fn rule_set(&self, rule: RuleRef) -> Option<&RuleSet> {
        self.policy.rule_sets().get(to_index(rule.rule_set))
    }

    /// Whether the policy has a section for a resource.
    pub(crate) fn has_section(&self, policy_id: &str) -> bool {
        self.section(policy_id).is_some()
    }

    /// Whether the section of a resource has rules for single ids.
    pub(crate) fn names_ids(&self, policy_id: &str) -> bool {
        self.section(policy_id).is_some_and(|section| section.names_ids)
    }

    /// The ids that the section of a resource has rules for, in order.
    pub(crate) fn named_ids(&self, policy_id: &str) -> impl Iterator<Item = &str> {
        let items = self.section(policy_id).map(|section| &*section.items).unwrap_or_default();
        items.iter().map(|(item_id, _)| item_id.as_str())
    }

    fn section(&self, policy_id: &str) -> Option<&CompiledSection> {
        let found = self.sections.binary_search_by(|section| section.policy_id.as_str().cmp(policy_id)).ok()?;
        self.sections.get(found)
    }
}

impl CompiledSection {
    fn item(&self, item_id: &str) -> Option<&CompiledRules> {
        let found = self.items.binary_search_by(|(candidate, _)| candidate.as_str().cmp(item_id)).ok()?;
        self.items.get(found).map(|(_, rules)| rules)
    }
}

impl CompiledRules {
    fn new(rule_set: usize, rules: &RuleSet, numbers: &MethodNumbers) -> CompiledRules {
        CompiledRules {
            rule_set: to_offset(rule_set),
            allow: MethodSet::new(rules.list(ListName::Allow), numbers),
            block: MethodSet::new(rules.list(ListName::Block), numbers),
        }
    }

    fn decide(&self, number: Option<u32>, rows: Rows) -> Option<Decision> {
        let [blocks_method, allows_method, blocks_any, allows_any] = rows;
        let named = |set: &MethodSet| number.and_then(|number| set.entry(number));
        if let Some(entry) = named(&self.block) {
            return Some(self.decision(Effect::Deny, entry, blocks_method));
        }
        if let Some(entry) = named(&self.allow) {
            return Some(self.decision(Effect::Allow, entry, allows_method));
        }
        if let Some(entry) = self.block.any() {
            return Some(self.decision(Effect::Deny, entry, blocks_any));
        }
        self.allow.any().map(|entry| self.decision(Effect::Allow, entry, allows_any))
    }

    fn decision(&self, effect: Effect, entry: u32, row: PrecedenceRow) -> Decision {
        let list = match effect {
            Effect::Allow => ListName::Allow,
            Effect::Deny => ListName::Block,
        };
        Decision { effect, rule: Some(RuleRef { rule_set: self.rule_set, list, entry }), row }
    }
}
