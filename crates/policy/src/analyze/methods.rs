//! Methods as bits: one for each method that somebody names, and one for all others together.
//!
//! A set of methods is a slice of words of 64 bits each. Nearly always that is one word.

use super::atom::MethodClass;
use crate::ids::Method;
use crate::policy::{Entry, ListName, Policy};

/// The number of the methods that nobody names.
pub(super) const OTHER: usize = 0;

/// The methods that can be told apart, numbered from 1; 0 is for all others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Methods {
    /// Those that Review Board knows, then the others in order.
    named: Box<[Method]>,
    /// The bits of all methods, those that nobody names included.
    all: Box<[u64]>,
}

impl Methods {
    /// Numbers the known methods, and those of `mentioned` that are methods at all.
    pub(super) fn of<'m>(mentioned: impl Iterator<Item = &'m Method>) -> Methods {
        let mut others: Vec<&Method> =
            mentioned.filter(|method| !method.is_known() && method.as_str() != Method::ANY).collect();
        others.sort_unstable();
        others.dedup();
        let known = Method::KNOWN.into_iter().map(Method::from);
        let named: Box<[Method]> = known.chain(others.into_iter().cloned()).collect();
        let count = named.len() + 1;
        let all = (0..count.div_ceil(64)).map(|word| match count - word * 64 {
            rest @ ..64 => (1_u64 << rest) - 1,
            _ => u64::MAX,
        });
        Methods { all: all.collect(), named }
    }

    /// The methods with a number of their own, in the order of their numbers.
    pub(super) fn named(&self) -> &[Method] {
        &self.named
    }

    /// The bits of all methods.
    pub(super) fn all(&self) -> &[u64] {
        &self.all
    }

    /// How many words a set takes; at least one.
    pub(super) fn words(&self) -> usize {
        self.all.len()
    }

    /// How many methods can be told apart, all others counting as one.
    pub(super) fn count(&self) -> usize {
        self.named.len() + 1
    }

    /// The number of a method; none for `*` and for those that nobody names.
    pub(super) fn number(&self, method: &str) -> Option<usize> {
        let known = Method::KNOWN.iter().position(|known| *known == method);
        known.map(|known| known + 1).or_else(|| {
            let others = self.named.get(Method::KNOWN.len()..)?;
            let found = others.binary_search_by(|other| other.as_str().cmp(method)).ok()?;
            Some(Method::KNOWN.len() + found + 1)
        })
    }

    /// The numbers of the methods that a list names, as often as it does.
    pub(super) fn numbers(&self, list: &[Entry]) -> impl Iterator<Item = usize> {
        list.iter().filter_map(move |entry| self.number(entry.method().as_str()))
    }

    /// The number of a class of methods; none if it is not one of these.
    pub(super) fn number_of_class(&self, class: &MethodClass) -> Option<usize> {
        match class {
            MethodClass::Named(method) => self.number(method.as_str()),
            MethodClass::Other => Some(OTHER),
        }
    }

    /// The class of a method.
    pub(super) fn class(&self, method: &str) -> MethodClass {
        let named = self.number(method).and_then(|number| self.named.get(number.checked_sub(1)?));
        named.map_or(MethodClass::Other, |named| MethodClass::Named(named.clone()))
    }

    /// All classes in the order of their numbers, that of all other methods last.
    pub(super) fn every_class(&self) -> impl Iterator<Item = MethodClass> {
        self.named.iter().cloned().map(MethodClass::Named).chain([MethodClass::Other])
    }

    /// The classes in a set, in the order of their numbers, that of all other methods last.
    pub(super) fn classes(&self, set: &[u64]) -> Vec<MethodClass> {
        let named = self.texts(set).map(|method| MethodClass::Named(method.clone()));
        named.chain(contains(set, OTHER).then_some(MethodClass::Other)).collect()
    }

    /// The methods with a number of their own in a set, in the order of their numbers.
    pub(super) fn texts(&self, set: &[u64]) -> impl Iterator<Item = &Method> {
        let numbered = (OTHER + 1..).zip(self.named.iter());
        numbered.filter(move |(number, _)| contains(set, *number)).map(|(_, method)| method)
    }
}

/// The methods that the lists of a policy name, `*` among them, as often as they do.
pub(super) fn mentioned(policy: &Policy) -> impl Iterator<Item = &Method> {
    let lists = policy.rule_sets().iter().flat_map(|rules| [rules.list(ListName::Allow), rules.list(ListName::Block)]);
    lists.flatten().map(Entry::method)
}

pub(super) fn contains(set: &[u64], number: usize) -> bool {
    set.get(number / 64).is_some_and(|word| (word >> (number % 64)) & 1 == 1)
}

pub(super) fn insert(set: &mut [u64], number: usize) {
    if let Some(word) = set.get_mut(number / 64) {
        *word |= 1 << (number % 64);
    }
}

pub(super) fn remove(set: &mut [u64], number: usize) {
    if let Some(word) = set.get_mut(number / 64) {
        *word &= !(1 << (number % 64));
    }
}

/// How many methods are in a set.
pub(super) fn count(set: impl IntoIterator<Item = u64>) -> usize {
    set.into_iter().map(|word| word.count_ones() as usize).sum()
}

/// Whether two sets differ.
// A loop that is inlined: for one word it takes less time than calling a comparison of memory.
pub(super) fn differ(left: &[u64], right: &[u64]) -> bool {
    left.iter().zip(right).any(|(left, right)| left != right)
}

/// The methods of `left` that are not in `right`, word by word.
pub(super) fn without<'s>(left: &'s [u64], right: &'s [u64]) -> impl Iterator<Item = u64> + 's {
    left.iter().zip(right).map(|(left, right)| left & !right)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered(names: &[String]) -> Methods {
        let methods: Vec<Method> = names.iter().map(|name| Method::from(name.as_str())).collect();
        Methods::of(methods.iter())
    }

    #[test]
    fn known_methods_come_first_and_any_is_none() {
        let methods = numbered(&["ZZZ", "GET", "*", "BREW", "get", "BREW"].map(str::to_owned));
        let named: Vec<&str> = methods.named().iter().map(Method::as_str).collect();
        assert_eq!(named, [&Method::KNOWN[..], &["BREW", "ZZZ", "get"]].concat());
        assert_eq!(methods.number("*"), None);
        assert_eq!((methods.number("GET"), methods.number("BREW")), (Some(1), Some(8)));
        assert_eq!(methods.class("NEW"), MethodClass::Other);
    }

    #[test]
    fn every_method_of_many_words_has_its_own_bit() {
        for others in [0, 55, 56, 57, 119, 120, 121] {
            let methods = numbered(&(0..others).map(|number| format!("M{number:03}")).collect::<Vec<_>>());
            assert_eq!(count(methods.all().iter().copied()), methods.count());
            assert_eq!(methods.words(), methods.count().div_ceil(64));
            let mut set = vec![0; methods.words()];
            for (number, class) in methods.every_class().enumerate() {
                let number = if class == MethodClass::Other { OTHER } else { number + 1 };
                assert_eq!(methods.number_of_class(&class), Some(number));
                insert(&mut set, number);
                assert_eq!(methods.classes(&set), [class]);
                remove(&mut set, number);
            }
            assert!(methods.classes(&set).is_empty());
        }
    }
}
