//! Outlines of texts.

use std::mem;
use std::ops::Range;

use super::recent::Recent;
use super::rule_sets::RuleSets;
use super::scan::{Scanner, Text};
use crate::analyze::item_key::ItemKey;
use crate::analyze::outline::Outline;
use crate::ids::PolicyId;
use crate::policy::Policy;
use crate::span::to_offset;

/// In a compact text an id and its rules take at least about so many bytes.
const BYTES_OF_ITEM: usize = 40;

impl Outline {
    /// Prepares the policy in a text that a server holds already: what [`Outline::of`] makes of [`Policy::stored`].
    ///
    /// The answer is none for the same texts.
    ///
    /// A text without escapes, duplicate keys and parts without meaning is read without a tree, in a nanosecond or two
    /// for each byte at most; any other costs as much as those two.
    ///
    /// ```
    /// use tollgate_policy::{Outline, Policy};
    ///
    /// let reading = Outline::read(r#"{"resources": {"*": {"allow": ["GET"], "block": ["*"]}}}"#).ok_or("refused")?;
    /// assert!(!reading.is_equivalent_to(&Outline::of(&Policy::full_access())));
    /// assert!(Outline::read(r#"{"resources": {"*": {"allow": "GET"}}}"#).is_none());
    /// # Ok::<(), &str>(())
    /// ```
    pub fn read(text: &str) -> Option<Outline> {
        Outline::read_plain(text).or_else(|| read_tree(text))
    }

    /// The same for plain texts alone: for callers who cannot wait for any other.
    ///
    /// The answer is none for every text that is not plain, whether or not it is a policy.
    ///
    /// ```
    /// use tollgate_policy::Outline;
    ///
    /// assert!(Outline::read_plain(r#"{"resources": {"*": {"block": ["PUT"]}}}"#).is_some());
    /// assert!(Outline::read_plain(r#"{"resources": {"*": {"block": ["\u0050UT"]}}}"#).is_none());
    /// ```
    pub fn read_plain(text: &str) -> Option<Outline> {
        read_plain(text.as_bytes())
    }

    /// The same from the bytes of a text in UTF-8, which need not be proved to be UTF-8 beforehand; none if they are not.
    ///
    /// Of a plain text it proves only the few parts that are not ASCII.
    ///
    /// ```
    /// use tollgate_policy::Outline;
    ///
    /// assert!(Outline::read_bytes(r#"{"resources": {"réview": {}}}"#.as_bytes()).is_some());
    /// assert!(Outline::read_bytes(b"{\"resources\": {\"r\xe9view\": {}}}").is_none());
    /// ```
    pub fn read_bytes(text: &[u8]) -> Option<Outline> {
        read_plain(text).or_else(|| read_tree(str::from_utf8(text).ok()?))
    }
}

/// The outline of any text that holds a policy.
fn read_tree(text: &str) -> Option<Outline> {
    Policy::stored(text).map(|policy| Outline::of(&policy))
}

/// The outline of a plain text; none for all others, whether or not they are policies or UTF-8.
// Each text between quotes that is kept is proved to be UTF-8, and everything around them is ASCII: so is the whole.
fn read_plain(text: &[u8]) -> Option<Outline> {
    // Longer texts are cut by the parser.
    if to_offset(text.len()) == u32::MAX {
        return None;
    }
    let mut scanner = Scanner::new(text);
    let mut found = Found::with_room_for(text.len() / BYTES_OF_ITEM);
    let mut has_resources = false;
    scanner.object(|scanner, key| {
        let is_only = key.bytes == b"resources" && !mem::replace(&mut has_resources, true);
        if is_only { scanner.object(|scanner, key| found.member(scanner, key)) } else { None }
    })?;
    if scanner.is_at_end() { found.outline() } else { None }
}

/// What a text says, in its own order.
struct Found<'t> {
    rule_sets: RuleSets<'t>,
    /// What stands between the ids of two items, with the number of the rules in it.
    between_ids: Recent<'t>,
    everything: Option<usize>,
    sections: Vec<Section<'t>>,
    /// The items of all sections, those of one together.
    items: Vec<ItemKey>,
    /// The number of the rules of each item.
    rules: Vec<usize>,
    long_ids: String,
}

/// The key that stands for all resources, and in a section for all items.
const ANY: &[u8] = b"*";

struct Section<'t> {
    policy_id: &'t str,
    any_item: Option<usize>,
    items: Range<usize>,
}

impl<'t> Found<'t> {
    fn with_room_for(items: usize) -> Found<'t> {
        Found {
            rule_sets: RuleSets::default(),
            between_ids: Recent::default(),
            everything: None,
            sections: Vec::new(),
            items: Vec::with_capacity(items),
            rules: Vec::with_capacity(items),
            long_ids: String::new(),
        }
    }

    /// Reads a member of `resources`.
    fn member(&mut self, scanner: &mut Scanner<'t>, key: Text<'t>) -> Option<()> {
        let Found { rule_sets, between_ids, items, rules: rules_of_items, long_ids, .. } = self;
        if key.bytes == ANY {
            let rules = rule_sets.read(scanner)?;
            return self.everything.replace(rules).is_none().then_some(());
        }
        let policy_id = str::from_utf8(key.bytes).ok()?;
        let first_item = items.len();
        let mut any_item = None;
        let read_rules = |scanner: &mut Scanner<'t>| rule_sets.read(scanner);
        scanner.object_of_few(between_ids, read_rules, |key, rules| {
            if key.bytes == ANY {
                return any_item.replace(rules).is_none().then_some(());
            }
            items.push(ItemKey::of_bytes(key.beginning, key.bytes, long_ids)?);
            rules_of_items.push(rules);
            Some(())
        })?;
        let items = first_item..items.len();
        self.sections.push(Section { policy_id, any_item, items });
        Some(())
    }

    /// Brings everything in order; none if a name is there twice.
    fn outline(self) -> Option<Outline> {
        let Found { rule_sets, everything, mut sections, mut items, mut rules, long_ids, .. } = self;
        sections.sort_by_key(|section| section.policy_id);
        let have_sections_one_name_each = sections.is_sorted_by(|left, right| left.policy_id < right.policy_id);
        if !have_sections_one_name_each {
            return None;
        }
        for section in &sections {
            let items = items.get_mut(section.items.clone())?;
            let rules = rules.get_mut(section.items.clone())?;
            if !is_in_order(items, &long_ids) {
                bring_in_order(items, rules, &long_ids);
                if !is_in_order(items, &long_ids) {
                    return None;
                }
            }
        }
        let (methods, denied) = rule_sets.numbered();
        let everything = denied.over(0, everything);
        let mut outline = Outline::of_words(methods, everything, sections.len(), items, long_ids);
        for section in sections {
            let any_item = denied.over(everything, section.any_item);
            let rules = rules.get(section.items.clone())?.iter();
            let words = rules.map(|rules| denied.over(any_item, Some(*rules)));
            outline.push_words(PolicyId::from(section.policy_id), section.items, any_item, words);
        }
        Some(outline)
    }
}

/// Whether the ids are in the order of an outline, each of them once.
fn is_in_order(items: &[ItemKey], long_ids: &str) -> bool {
    items.is_sorted_by(|left, right| left.order_short_first(long_ids, right, long_ids).is_lt())
}

/// Brings items in the order of an outline, and with each its rules.
fn bring_in_order(items: &mut [ItemKey], rules: &mut [usize], long_ids: &str) {
    let mut sorted: Vec<(ItemKey, usize)> = items.iter().copied().zip(rules.iter().copied()).collect();
    // The stable sort makes use of runs.
    sorted.sort_by(|(left, _), (right, _)| left.order_short_first(long_ids, right, long_ids));
    for (sorted, (item, rules)) in sorted.into_iter().zip(items.iter_mut().zip(rules)) {
        (*item, *rules) = sorted;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_texts_are_read_without_a_tree() {
        for text in [
            "{}",
            " {\r\n\t} ",
            r#"{"resources": {}}"#,
            r#"{"resources": {"review": {}, "user": {"*": {}, "7": {"allow": [], "block": ["*"]}}}}"#,
            r#"{"resources":{"*":{"allow":["GET","BREW"]},"é":{"":{},"9":{},"10":{},"a long id of all":{}}}}"#,
            "{\n  \"resources\": {\n    \"*\": {\n      \"allow\": [\n        \"GET\"\n      ]\n    }\n  }\n}\n",
        ] {
            let outline = read_plain(text.as_bytes()).unwrap_or_else(|| panic!("not plain: {text}"));
            let twin = read_tree(text).unwrap();
            assert!(outline.is_equivalent_to(&twin), "{text}");
            assert_eq!(outline.atom_count(), twin.atom_count(), "{text}");
        }
    }

    #[test]
    fn each_id_keeps_its_rules_whatever_the_order_of_the_text() {
        let rules = [r#"{"block":["GET"]}"#, "{}", r#"{"block":["PUT"]}"#];
        let ids = ["100", "9", "10", "a long id of all", "", "8", "a long id"];
        let members: Vec<String> =
            ids.iter().zip(rules.iter().cycle()).map(|(item_id, rules)| format!("\"{item_id}\":{rules}")).collect();
        let text =
            |members: &[String]| format!(r#"{{"resources":{{"user":{{{}}},"diff":{{"7":{{}}}}}}}}"#, members.join(","));
        let turned: Vec<String> = members.iter().rev().cloned().collect();
        let twin = read_tree(&text(&members)).unwrap();
        for members in [members, turned] {
            let outline = read_plain(text(&members).as_bytes()).unwrap();
            assert!(outline.is_equivalent_to(&twin), "{members:?}");
            let user = outline.section("user").unwrap();
            assert!(ids.iter().all(|item_id| outline.names_item(user, item_id)), "{members:?}");
            assert!(!outline.names_item(user, "7") && !outline.names_item(user, "a long id of none"));
        }
    }

    #[test]
    fn all_others_are_left_to_the_twin() {
        for text in [
            "",
            "[]",
            "null",
            "\u{feff}{}",
            "{} {}",
            "{},",
            r#"{"resources": {}, "note": {}}"#,
            r#"{"resources": {}, "resources": {}}"#,
            r#"{"resources": {"*": {}, "*": {}}}"#,
            r#"{"resources": {"user": {}, "review": {}, "user": {}}}"#,
            r#"{"resources": {"user": {"*": {}, "*": {}}}}"#,
            r#"{"resources": {"user": {"1": {}, "2": {}, "1": {}}}}"#,
            r#"{"resources": {"user": {"a long id of all": {}, "a long id of all": {}}}}"#,
            r#"{"resources": {"user": {"\u0031": {}}}}"#,
            r#"{"resources": {"user": {"1": {"allow": [7]}}}}"#,
            r#"{"resources": {"user": {"1": {"allow": ["GET",]}}}}"#,
            r#"{"resources": {"user": {"1": {"note": []}}}}"#,
            r#"{"resources": {"user": []}}"#,
            r#"{"resources": {"user": {"1": {}}}"#,
        ] {
            assert!(read_plain(text.as_bytes()).is_none(), "{text}");
        }
    }
}
