//! Methods as numbers, and sets of them as bits.

use crate::ids::Method;
use crate::policy::Entry;

/// The methods that a policy mentions, numbered: those that Review Board knows first.
#[derive(Clone, Debug)]
pub(super) struct MethodNumbers {
    by_name: Box<[(Method, u32)]>,
}

impl MethodNumbers {
    /// Numbers the methods of `mentioned`, in order of their first appearance.
    pub(super) fn new<'p>(mentioned: impl Iterator<Item = &'p Method>) -> MethodNumbers {
        let known = Method::KNOWN.into_iter().map(Method::from);
        let mut by_name: Vec<(Method, u32)> = known.chain(mentioned.cloned()).zip(0..).collect();
        // Sorting by name and number puts the first appearance in front, where it survives.
        by_name.sort_unstable();
        by_name.dedup_by(|later, first| later.0 == first.0);
        by_name.sort_unstable_by_key(|(_, appearance)| *appearance);
        for (number, numbered) in (0..).zip(&mut by_name) {
            numbered.1 = number;
        }
        by_name.sort_unstable();
        MethodNumbers { by_name: by_name.into() }
    }

    /// The number of a method, if the policy mentions it or Review Board knows it.
    pub(super) fn number(&self, method: &str) -> Option<u32> {
        let found = self.by_name.binary_search_by(|(name, _)| name.as_str().cmp(method)).ok()?;
        self.by_name.get(found).map(|(_, number)| *number)
    }
}

/// The methods of one list, each with the first entry that names it.
#[derive(Clone, Debug)]
pub(super) struct MethodSet {
    /// One bit for each of the first 64 methods.
    mask: u64,
    /// Numbers and entries, sorted by number.
    entries: Box<[(u32, u32)]>,
    /// The first entry that stands for every method.
    any: Option<u32>,
}

impl MethodSet {
    pub(super) fn new(list: &[Entry], numbers: &MethodNumbers) -> MethodSet {
        let any = list.iter().find(|entry| entry.method().as_str() == Method::ANY).map(Entry::index);
        let numbered = list.iter().filter_map(|entry| Some((numbers.number(entry.method().as_str())?, entry.index())));
        let mut entries: Vec<(u32, u32)> = numbered.collect();
        entries.sort_unstable();
        entries.dedup_by_key(|(number, _)| *number);
        let mask = entries.iter().fold(0, |mask, (number, _)| mask | bit(*number));
        MethodSet { mask, entries: entries.into(), any }
    }

    /// The first entry that names the method with this number.
    pub(super) fn entry(&self, number: u32) -> Option<u32> {
        let bit = bit(number);
        if bit != 0 && self.mask & bit == 0 {
            return None;
        }
        let found = self.entries.binary_search_by_key(&number, |(number, _)| *number).ok()?;
        self.entries.get(found).map(|(_, entry)| *entry)
    }

    /// The first entry that stands for every method.
    pub(super) fn any(&self) -> Option<u32> {
        self.any
    }
}

/// The bit of a method; none from the 65th on.
fn bit(number: u32) -> u64 {
    1_u64.checked_shl(number).unwrap_or(0)
}
