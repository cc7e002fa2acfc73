//! Every policy over a few names, and the smallest for each thing that policies can mean.
//!
//! The language is written down here once more, for sets of few methods as bits; the laws hold it against the
//! reference. A table says what is denied in one place: a bit for each method, and one more for all others.
//! Lists are searched as sets, and empty ones are left out: entries twice or empty lists make no policy smaller.

use std::sync::{LazyLock, OnceLock};

use serde_json::{Map, Value, json};

use super::documents::{ITEMS, METHODS, RESOURCES, with_resources};

/// A rule set, by what its lists hold: a bit for each method, and one more for `*`.
#[derive(Clone, Copy)]
struct Rules {
    allow: usize,
    block: usize,
}

/// Every choice that there is for one place: no rule set, or any.
fn choices(methods: usize) -> impl Iterator<Item = Option<Rules>> {
    let sets = 1_usize << (methods + 1);
    let all = (0..sets).flat_map(move |allow| (0..sets).map(move |block| Some(Rules { allow, block })));
    std::iter::once(None).chain(all)
}

/// What is denied under `rules` where `base` is denied without them.
fn over(rules: Option<Rules>, base: usize, methods: usize) -> usize {
    let Some(rules) = rules else { return base };
    let any = 1 << methods;
    let is_denied = |method: usize| {
        let bit = 1 << method;
        // The bit of all other methods in a table is that of `*` in a list, which no request equals.
        let is_named = |list: usize| method < methods && list & bit != 0;
        if is_named(rules.block) {
            true
        } else if is_named(rules.allow) {
            false
        } else if rules.block & any != 0 {
            true
        } else if rules.allow & any != 0 {
            false
        } else {
            base & bit != 0
        }
    };
    (0..=methods).filter(|method| is_denied(*method)).map(|method| 1_usize << method).sum()
}

fn entries(rules: Option<Rules>) -> usize {
    rules.map_or(0, |rules| (rules.allow.count_ones() + rules.block.count_ones()) as usize)
}

fn value(rules: Rules, methods: usize) -> Value {
    let list = |set: usize| {
        let named = METHODS.into_iter().take(methods).chain(["*"]).enumerate();
        named.filter(|(number, _)| set & (1 << *number) != 0).map(|(_, name)| Value::from(name)).collect::<Vec<_>>()
    };
    let lists = [("allow", list(rules.allow)), ("block", list(rules.block))];
    let members = lists.into_iter().filter(|(_, list)| !list.is_empty());
    let members: Map<String, Value> = members.map(|(name, list)| (name.to_owned(), Value::from(list))).collect();
    if members.is_empty() { json!({"allow": []}) } else { Value::from(members) }
}

/// Entries, rule sets, sections and bytes.
pub(crate) type Count = (usize, usize, usize, usize);

/// How many methods the policies of the first search name; they have one resource and one id.
pub(crate) const TINY_METHODS: usize = 2;

/// For each meaning of a policy with one resource and one id, its size and the policy itself.
pub(crate) static SMALLEST: LazyLock<Vec<Option<(Count, Value)>>> = LazyLock::new(|| {
    let tables = 1 << (TINY_METHODS + 1);
    let mut smallest: Vec<Option<(Count, Value)>> = vec![None; tables * tables * tables];
    for everything in choices(TINY_METHODS) {
        let global = over(everything, 0, TINY_METHODS);
        for all_items in choices(TINY_METHODS) {
            let resource = over(all_items, global, TINY_METHODS);
            for one in choices(TINY_METHODS) {
                let item = over(one, resource, TINY_METHODS);
                let slot = &mut smallest[tiny_index(global, resource, item)];
                let places = [everything, all_items, one];
                let rule_sets = places.iter().flatten().count();
                let sections = usize::from(all_items.is_some() || one.is_some());
                let first: (usize, usize, usize) = (places.into_iter().map(entries).sum(), rule_sets, sections);
                if slot.as_ref().is_none_or(|(known, _)| first <= (known.0, known.1, known.2)) {
                    let document = tiny_document(everything, all_items, one);
                    let found = (first.0, first.1, first.2, document.to_string().len());
                    if slot.as_ref().is_none_or(|(known, _)| found < *known) {
                        *slot = Some((found, document));
                    }
                }
            }
        }
    }
    smallest
});

/// Where what is denied for everything, for the resource and for its item leads in [`SMALLEST`].
pub(crate) fn tiny_index(global: usize, resource: usize, item: usize) -> usize {
    let bits = TINY_METHODS + 1;
    (global << (2 * bits)) | (resource << bits) | item
}

fn tiny_document(everything: Option<Rules>, all_items: Option<Rules>, one: Option<Rules>) -> Value {
    let member = |key: &str, rules: Option<Rules>| Some((key.to_owned(), value(rules?, TINY_METHODS)));
    let section: Map<String, Value> = [member("*", all_items), member(ITEMS[0], one)].into_iter().flatten().collect();
    let mut resources: Map<String, Value> = member("*", everything).into_iter().collect();
    if !section.is_empty() {
        resources.insert(RESOURCES[0].to_owned(), Value::from(section));
    }
    with_resources(resources)
}

/// What is denied in one section: for the resource and for each of its ids.
pub(crate) type SectionTables = [usize; 1 + ITEMS.len()];

const SMALL_METHODS: usize = METHODS.len();
const SMALL_TABLES: usize = 1 << (SMALL_METHODS + 1);

/// The size of the smallest policy that denies `global` for other resources and `sections` for those of the shape.
///
/// All sections that there are, under each of the rule sets for everything that there are.
pub(crate) fn smallest(global: usize, sections: [SectionTables; RESOURCES.len()]) -> Option<Count> {
    let fitting = choices(SMALL_METHODS).filter(|everything| over(*everything, 0, SMALL_METHODS) == global);
    let sizes = fitting.filter_map(|everything| {
        let mut members = vec![];
        members.extend(everything.map(|rules| rules_cost(rules) + bytes("\"*\":".len())));
        for (policy_id, tables) in RESOURCES.iter().zip(sections) {
            let section = smallest_sections(global)[section_index(tables)];
            if section == IMPOSSIBLE {
                return None;
            }
            members.extend((section > 0).then(|| section + bytes(policy_id.len() + "\"\":".len())));
        }
        let commas = members.len().saturating_sub(1);
        let around = if members.is_empty() { "{}".len() } else { "{\"resources\":{}}".len() };
        Some(members.iter().sum::<u64>() + bytes(commas + around))
    });
    sizes.min().map(count)
}

/// A size as one number, so that adding and comparing are those of numbers.
const ENTRY: u64 = 1 << 48;
const RULE_SET: u64 = 1 << 40;
const SECTION: u64 = 1 << 32;
const IMPOSSIBLE: u64 = u64::MAX;

fn bytes(count: usize) -> u64 {
    count as u64
}

fn count(cost: u64) -> Count {
    let part = |from: u32, to: u32| ((cost >> from) & ((1 << (to - from)) - 1)) as usize;
    (part(48, 63), part(40, 48), part(32, 40), part(0, 32))
}

fn rules_cost(rules: Rules) -> u64 {
    let length = value(rules, SMALL_METHODS).to_string().len();
    ENTRY * entries(Some(rules)) as u64 + RULE_SET + bytes(length)
}

fn section_index(tables: SectionTables) -> usize {
    tables.into_iter().fold(0, |index, table| index * SMALL_TABLES + table)
}

/// The size of the smallest section for each meaning, where `base` is denied for everything; 0 where none is needed.
fn smallest_sections(base: usize) -> &'static [u64] {
    static SEARCHED: [OnceLock<Vec<u64>>; SMALL_TABLES] = [const { OnceLock::new() }; SMALL_TABLES];
    SEARCHED[base].get_or_init(|| search_sections(base))
}

fn search_sections(base: usize) -> Vec<u64> {
    // All keys of a section are as long as `*`; each member has a comma behind it, but for the last.
    let member = |rules: Rules| rules_cost(rules) + bytes("\"*\":,".len());
    let costs: Vec<(Option<Rules>, u64)> =
        choices(SMALL_METHODS).map(|rules| (rules, rules.map_or(0, member))).collect();
    let under = |base: usize| -> Vec<(usize, u64)> {
        costs.iter().map(|(rules, cost)| (over(*rules, base, SMALL_METHODS), *cost)).collect()
    };
    let items: Vec<Vec<(usize, u64)>> = (0..SMALL_TABLES).map(under).collect();
    let mut smallest = vec![IMPOSSIBLE; SMALL_TABLES.pow(3)];
    for (resource, resource_cost) in under(base) {
        for (first, first_cost) in &items[resource] {
            let cost = SECTION + bytes("{}".len()) - bytes(",".len()) + resource_cost + first_cost;
            let index = section_index([resource, *first, 0]);
            for (second, second_cost) in &items[resource] {
                let slot = &mut smallest[index + second];
                *slot = (*slot).min(cost + second_cost);
            }
        }
    }
    smallest[section_index([base; 3])] = 0;
    smallest
}
