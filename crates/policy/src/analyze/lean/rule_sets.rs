//! Rule sets of plain texts as bits, before all methods of the text are known.

use super::recent::Recent;
use super::scan::Scanner;
use crate::analyze::methods::Methods;
use crate::eval::Effect;
use crate::ids::Method;

/// The bits of the methods that Review Board knows; those of others stand above them.
const KNOWN: u64 = (1 << FIRST_OTHER) - 1;

/// The number of the first method that Review Board does not know; 0 is for those that nobody names.
const FIRST_OTHER: usize = Method::KNOWN.len() + 1;

/// The rule sets of a text, numbered as they are read.
#[derive(Default)]
pub(super) struct RuleSets<'t> {
    found: Vec<RuleSet>,
    /// The texts of the last few, with their numbers.
    recent: Recent<'t>,
    /// The methods that Review Board does not know, numbered as they are read.
    others: Vec<&'t str>,
}

/// What a rule set says about each method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct RuleSet {
    /// To methods that it does not name.
    any: Option<Effect>,
    allow: u64,
    block: u64,
}

/// What one list names.
#[derive(Clone, Copy, Default)]
struct Listed {
    any: bool,
    methods: u64,
}

impl<'t> RuleSets<'t> {
    /// Reads a rule set and answers its number; none if it is not plain.
    pub(super) fn read(&mut self, scanner: &mut Scanner<'t>) -> Option<usize> {
        scanner.pass_space();
        // A rule set that was read ends with the brace that closes it: what begins so is that and nothing longer.
        if let Some(number) = self.recent.pass(scanner) {
            return Some(number);
        }
        let (text, rule_set) = scanner.passed_by(|scanner| self.rule_set(scanner))?;
        let number = self.found.len();
        self.found.push(rule_set);
        self.recent.keep(text, number);
        Some(number)
    }

    fn rule_set(&mut self, scanner: &mut Scanner<'t>) -> Option<RuleSet> {
        let (mut allow, mut block) = (None, None);
        scanner.object(|scanner, key| {
            let list = match key.bytes {
                b"allow" => &mut allow,
                b"block" => &mut block,
                _ => return None,
            };
            let is_first = list.replace(self.list(scanner)?).is_none();
            is_first.then_some(())
        })?;
        let (allow, block): (Listed, Listed) = (allow.unwrap_or_default(), block.unwrap_or_default());
        let any = if block.any { Some(Effect::Deny) } else { allow.any.then_some(Effect::Allow) };
        Some(RuleSet { any, allow: allow.methods, block: block.methods })
    }

    fn list(&mut self, scanner: &mut Scanner<'t>) -> Option<Listed> {
        let mut listed = Listed::default();
        scanner.list(|method| {
            if method == Method::ANY.as_bytes() {
                listed.any = true;
            } else {
                listed.methods |= 1_u64.checked_shl(u32::try_from(self.number(method)?).ok()?)?;
            }
            Some(())
        })?;
        Some(listed)
    }

    /// The number of a method; one that nobody named before gets the next. None if it is not UTF-8.
    fn number(&mut self, method: &'t [u8]) -> Option<usize> {
        if let Some(known) = Method::KNOWN.iter().position(|known| known.as_bytes() == method) {
            return Some(known + 1);
        }
        let method = str::from_utf8(method).ok()?;
        let other = self.others.iter().position(|other| *other == method);
        let other = other.unwrap_or_else(|| {
            self.others.push(method);
            self.others.len() - 1
        });
        Some(FIRST_OTHER + other)
    }

    /// All methods in their order, and what is denied by the rule sets that were read.
    pub(super) fn numbered(self) -> (Methods, DeniedBy) {
        let others: Vec<Method> = self.others.into_iter().map(Method::from).collect();
        let methods = Methods::of(others.iter());
        let numbers = others.iter().filter_map(|method| methods.number(method.as_str()));
        let numbers: Vec<usize> = numbers.collect();
        let all = methods.all().first().copied().unwrap_or_default();
        let rule_sets = self.found.into_iter().map(|rule_set| {
            let allow = renumbered(rule_set.allow, &numbers);
            Denied::by(RuleSet { allow, block: renumbered(rule_set.block, &numbers), ..rule_set }, all)
        });
        let rule_sets = rule_sets.collect();
        (methods, DeniedBy { rule_sets })
    }
}

/// A set in which each method that Review Board does not know has the number that `numbers` has in its place.
fn renumbered(set: u64, numbers: &[usize]) -> u64 {
    let others = (FIRST_OTHER..).zip(numbers).filter(|(before, _)| (set >> before) & 1 == 1);
    others.fold(set & KNOWN, |set, (_, number)| set | (1_u64 << number))
}

/// What rule sets deny, by their numbers.
pub(super) struct DeniedBy {
    rule_sets: Vec<Denied>,
}

/// What one rule set denies.
#[derive(Clone, Copy)]
struct Denied {
    /// What stays as it is without these rules.
    left_open: u64,
    /// What is denied, however it is without them.
    denied: u64,
}

impl Denied {
    fn by(rule_set: RuleSet, all: u64) -> Denied {
        let (left_open, unnamed) = match rule_set.any {
            Some(Effect::Deny) => (0, all),
            Some(Effect::Allow) => (0, 0),
            None => (all, 0),
        };
        // In this order, as blocking by name is stronger than allowing by name.
        Denied { left_open: left_open & !rule_set.allow, denied: (unnamed & !rule_set.allow) | rule_set.block }
    }
}

impl DeniedBy {
    /// What is denied in a place with these rules, if it has any, and where `base` is denied without them.
    pub(super) fn over(&self, base: u64, rule_set: Option<usize>) -> u64 {
        let denied = rule_set.and_then(|number| self.rule_sets.get(number));
        denied.map_or(base, |rule_set| (base & rule_set.left_open) | rule_set.denied)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_are_one_rule_set_while_they_are_remembered() {
        let mut rule_sets = RuleSets::default();
        let mut number = |text: &'static str| rule_sets.read(&mut Scanner::new(text.as_bytes()));
        let texts = [r#"{"allow":["GET"]}"#, r#"{"allow":["PUT"]}"#, "{}", r#"{"block":[]}"#, r#"{"block":["*"]}"#];
        for (expected, text) in texts.into_iter().enumerate() {
            assert_eq!((number(text), number(text)), (Some(expected), Some(expected)), "{text}");
        }
        assert_eq!(number(texts[1]), Some(1));
        assert_eq!(number(texts[0]), Some(texts.len()), "long forgotten, and read once more");
    }

    #[test]
    fn other_methods_are_numbered_as_everywhere_else() {
        let mut rule_sets = RuleSets::default();
        let text = r#"{"block": ["get", "ZZZ", "GET", "BREW"]}"#;
        let number = rule_sets.read(&mut Scanner::new(text.as_bytes()));
        let (methods, denied) = rule_sets.numbered();
        let denied: Vec<&str> = methods.texts(&[denied.over(0, number)]).map(Method::as_str).collect();
        assert_eq!(denied, ["GET", "BREW", "ZZZ", "get"]);
    }

    #[test]
    fn rules_are_laid_over_what_is_denied_without_them() {
        let (get, all) = (1_u64 << 1, u64::from(u8::MAX));
        for (text, over_nothing, over_all) in [
            ("{}", 0, all),
            (r#"{"allow":["GET"]}"#, 0, all & !get),
            (r#"{"block":["GET"]}"#, get, all),
            (r#"{"allow":["GET"],"block":["GET"]}"#, get, all),
            (r#"{"allow":["*"]}"#, 0, 0),
            (r#"{"allow":["GET"],"block":["*"]}"#, all & !get, all & !get),
            (r#"{"allow":["*"],"block":["GET"]}"#, get, get),
        ] {
            let mut rule_sets = RuleSets::default();
            let number = rule_sets.read(&mut Scanner::new(text.as_bytes()));
            let (_, denied) = rule_sets.numbered();
            assert_eq!((denied.over(0, number), denied.over(all, number)), (over_nothing, over_all), "{text}");
        }
    }

    #[test]
    fn what_has_other_shapes_is_not_plain() {
        let is_plain = |text: &str| RuleSets::default().read(&mut Scanner::new(text.as_bytes())).is_some();
        assert!(is_plain(r#"{"block": ["*"], "allow": []}"#));
        for text in [
            r#"{"allow": [null]}"#,
            r#"{"allow": "GET"}"#,
            r#"{"allow": {}}"#,
            r#"{"allow": [], "note": []}"#,
            r#"{"allow": [], "allow": []}"#,
            r#"{"Allow": []}"#,
            "[]",
            "null",
        ] {
            assert!(!is_plain(text), "{text}");
        }
    }

    #[test]
    fn methods_that_are_not_utf_8_are_not_plain() {
        let is_plain = |text: &[u8]| RuleSets::default().read(&mut Scanner::new(text)).is_some();
        assert!(is_plain(b"{\"allow\":[\"G\xc3\x89T\"]}"));
        assert!(!is_plain(b"{\"allow\":[\"G\xc3T\"]}"));
    }

    #[test]
    fn a_word_has_bits_for_so_many_methods_and_no_more() {
        let text = |others: usize| {
            let names: Vec<String> = (0..others).map(|number| format!("\"M{number}\"")).collect();
            format!("{{\"allow\": [{}]}}", names.join(","))
        };
        let is_plain = |text: &str| RuleSets::default().read(&mut Scanner::new(text.as_bytes())).is_some();
        assert!(is_plain(&text(64 - FIRST_OTHER)) && !is_plain(&text(65 - FIRST_OTHER)));
    }
}
