//! What tokens have in common: each distinct owner, policy, note and so on is found once, and gets a number.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;
use tollgate_tokens::{EventId, Fingerprint, PolicySource, ReplicaId, Timestamp, Token};

use super::list::Place;
use super::text::{PartCounts, Parts};
use super::value::visit_texts;

/// A token, and its distinct values as numbers. Those that may be none count from 1.
pub(super) struct Row<'w> {
    pub(super) token: &'w Token,
    pub(super) owner: u32,
    pub(super) generator: u32,
    pub(super) prefix: u32,
    pub(super) site: u32,
    pub(super) note: u32,
    pub(super) policy: u32,
    pub(super) source: u32,
    pub(super) extra_data: u32,
    pub(super) invalidation: u32,
}

/// When, by which act and why a token became invalid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Invalidation<'w> {
    pub(super) date: Option<i64>,
    /// The number of the act's replica, and the act's number there.
    pub(super) act: Option<(u32, u64)>,
    pub(super) reason: &'w str,
}

/// The distinct values of all tokens.
#[derive(Default)]
pub(super) struct Distinct<'w> {
    pub(super) owners: Interner<&'w str, &'w str>,
    pub(super) generators: Interner<&'w str, &'w str>,
    pub(super) prefixes: Interner<&'w str, &'w str>,
    pub(super) sites: Interner<&'w str, &'w str>,
    pub(super) replicas: Interner<ReplicaId, ReplicaId>,
    pub(super) notes: Interner<&'w str, &'w str>,
    pub(super) policies: Interner<&'w str, &'w str>,
    /// The numbers of policies by the address of their text: tokens share the texts of long policies.
    policies_by_address: BTreeMap<usize, u32>,
    pub(super) sources: Interner<PolicySource, PolicySource>,
    /// By their JSON text, as JSON values have no order.
    pub(super) extras: Interner<String, &'w Value>,
    pub(super) invalidations: Interner<Invalidation<'w>, Invalidation<'w>>,
}

impl<'w> Distinct<'w> {
    /// Takes a token in.
    pub(super) fn row(&mut self, token: &'w Token) -> Row<'w> {
        // Named one by one, so that a new field cannot be forgotten. Those marked `_` are written as they are.
        let Token {
            uid: _,
            number: _,
            owner,
            digest: _,
            fingerprint: Fingerprint { prefix, last_four: _ },
            generator,
            time_added: _,
            last_updated: _,
            last_used: _,
            expires: _,
            valid: _,
            invalid_date,
            invalid_reason,
            invalidated_by,
            note,
            policy,
            policy_source,
            extra_data,
            local_site,
            auto_generated: _,
            replaces: _,
            replaced_by: _,
            standing: _,
            doubted: _,
        } = token;
        Row {
            token,
            owner: add_text(&mut self.owners, owner.as_str()),
            generator: add_text(&mut self.generators, generator.as_str()),
            prefix: prefix.as_deref().map_or(0, |prefix| add_text(&mut self.prefixes, prefix) + 1),
            site: local_site.as_ref().map_or(0, |site| add_text(&mut self.sites, site.as_str()) + 1),
            note: add_text(&mut self.notes, note),
            policy: self.policy(policy),
            source: policy_source.map_or(0, |source| self.sources.add(source, source) + 1),
            extra_data: self.extras.add(extra_data.to_string(), extra_data),
            invalidation: self.invalidation(invalid_date.as_ref(), *invalidated_by, invalid_reason),
        }
    }

    fn policy(&mut self, policy: &'w Arc<str>) -> u32 {
        let address = Arc::as_ptr(policy).addr();
        if let Some(known) = self.policies_by_address.get(&address) {
            return self.policies.use_again(*known);
        }
        let number = add_text(&mut self.policies, policy);
        self.policies_by_address.insert(address, number);
        number
    }

    fn invalidation(&mut self, date: Option<&Timestamp>, act: Option<EventId>, reason: &'w str) -> u32 {
        let act = act.map(|act| (self.replicas.add(act.replica, act.replica), act.sequence));
        let invalidation = Invalidation { date: date.map(Timestamp::timestamp_micros), act, reason };
        self.invalidations.add(invalidation, invalidation)
    }

    /// The parts that the texts share.
    pub(super) fn parts(&self) -> Parts<'w> {
        let mut counts = PartCounts::default();
        for text in self.policies.values().chain(self.notes.values()).copied() {
            counts.add(text);
        }
        for invalidation in self.invalidations.values() {
            counts.add(invalidation.reason);
        }
        for value in self.extras.values().copied() {
            visit_texts(value, &mut |text| counts.add(text));
        }
        counts.shared()
    }
}

fn add_text<'w>(texts: &mut Interner<&'w str, &'w str>, text: &'w str) -> u32 {
    texts.add(text, text)
}

/// Gives each distinct value a number, in the order of their first uses from 0, and counts the uses.
pub(super) struct Interner<K, V> {
    numbers: BTreeMap<K, u32>,
    values: Vec<(V, u32)>,
}

// Derived, it would ask the same of the values.
impl<K, V> Default for Interner<K, V> {
    fn default() -> Self {
        Self { numbers: BTreeMap::new(), values: Vec::new() }
    }
}

impl<K: Ord, V> Interner<K, V> {
    pub(super) fn add(&mut self, key: K, value: V) -> u32 {
        let next = self.values.len() as u32;
        let number = *self.numbers.entry(key).or_insert(next);
        if number == next {
            self.values.push((value, 0));
        }
        self.use_again(number)
    }

    fn use_again(&mut self, number: u32) -> u32 {
        if let Some((_, uses)) = self.values.get_mut(number as usize) {
            *uses += 1;
        }
        number
    }

    /// The values, in the order of their numbers.
    pub(super) fn values(&self) -> impl Iterator<Item = &V> + Clone {
        self.values.iter().map(|(value, _)| value)
    }

    /// Writes each value: for the list of shared ones if it is used more than once, else for the row that uses it.
    pub(super) fn place(&self, write: impl Fn(&V) -> Vec<u8>) -> Placed {
        let mut placed = Placed::default();
        for (value, uses) in &self.values {
            let bytes = write(value);
            if *uses > 1 {
                placed.places.push(Place::Shared(placed.shared.len() as u32));
                placed.shared.push(bytes);
            } else {
                placed.places.push(Place::Own(bytes));
            }
        }
        placed
    }
}

/// The distinct values of a column as bytes.
#[derive(Default)]
pub(super) struct Placed {
    /// The list for the dictionary.
    pub(super) shared: Vec<Vec<u8>>,
    /// Where each value is, by its number.
    places: Vec<Place<Vec<u8>>>,
}

impl Placed {
    /// Where the value with this number is.
    pub(super) fn at(&self, number: u32) -> Place<&[u8]> {
        match self.places.get(number as usize) {
            Some(place) => place.borrowed(),
            None => Place::Own(&[]),
        }
    }

    /// How many bytes a row needs for the value with this number, beside the number.
    pub(super) fn own_bytes(&self, number: u32) -> usize {
        match self.at(number) {
            Place::Own(bytes) => bytes.len() + 1,
            Place::Shared(_) => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_used_once_is_kept_where_it_is_used() {
        let mut interner = Interner::default();
        let numbers = ["a", "b", "a", "c", "c"].map(|text| interner.add(text, text));
        assert_eq!(numbers, [0, 1, 0, 2, 2]);
        let placed = interner.place(|text| text.as_bytes().to_vec());
        assert_eq!(placed.shared, [b"a", b"c"]);
        assert_eq!(
            [0, 1, 2].map(|number| placed.at(number)),
            [Place::Shared(0), Place::Own(b"b".as_slice()), Place::Shared(1)]
        );
        assert_eq!([0, 1, 2].map(|number| placed.own_bytes(number)), [0, 2, 0]);
    }
}
