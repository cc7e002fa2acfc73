//! One rule set of a document as bits, with all that deleting one of its entries takes to be judged.

use super::methods::{Methods, contains, insert};
use super::unit::NoEffect;
use crate::ids::Method;
use crate::policy::ListName;
use crate::syntax::{Kind, Value};

/// What an entry names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
    /// Every method.
    Any,
    /// The method with this number.
    Method(usize),
}

/// A rule set, made once and read again and again.
pub(super) struct RuleBits {
    allow: ListBits,
    block: ListBits,
}

struct ListBits {
    /// The methods that it names.
    named: Vec<u64>,
    /// Those that it names more than once.
    repeated: Vec<u64>,
    /// How often it names every method.
    any: usize,
}

impl ListBits {
    fn empty(words: usize) -> ListBits {
        ListBits { named: vec![0; words], repeated: vec![0; words], any: 0 }
    }

    fn read(&mut self, entries: impl Iterator<Item = Option<Name>>) {
        self.named.fill(0);
        self.repeated.fill(0);
        self.any = 0;
        for name in entries.flatten() {
            match name {
                Name::Any => self.any += 1,
                Name::Method(number) if contains(&self.named, number) => insert(&mut self.repeated, number),
                Name::Method(number) => insert(&mut self.named, number),
            }
        }
    }

    fn repeats(&self, name: Name) -> bool {
        match name {
            Name::Any => self.any > 1,
            Name::Method(number) => contains(&self.repeated, number),
        }
    }

    fn names(&self, name: Name) -> bool {
        match name {
            Name::Any => self.any > 0,
            Name::Method(number) => contains(&self.named, number),
        }
    }
}

impl RuleBits {
    pub(super) fn empty(methods: &Methods) -> RuleBits {
        RuleBits { allow: ListBits::empty(methods.words()), block: ListBits::empty(methods.words()) }
    }

    /// Takes in the lists of a rule set, in place of those before.
    pub(super) fn read(&mut self, rules: Value<'_>, methods: &Methods) {
        self.allow.read(entries(rules, ListName::Allow).map(|entry| name(entry, methods)));
        self.block.read(entries(rules, ListName::Block).map(|entry| name(entry, methods)));
    }

    /// What the rules deny where `base` is denied without them, word by word.
    pub(super) fn denied(&self, base: &[u64], methods: &Methods) -> impl Iterator<Item = u64> {
        let (blocks_any, allows_any) = (self.block.any > 0, self.allow.any > 0);
        let lists = self.allow.named.iter().zip(&self.block.named);
        let words = base.iter().zip(methods.all()).zip(lists);
        words.map(move |((base, all), (allow, block))| {
            let unnamed = match (blocks_any, allows_any) {
                (true, _) => *all,
                (false, true) => 0,
                (false, false) => *base,
            };
            (unnamed & !allow) | block
        })
    }

    /// Why an entry of the list `list` that names `name` could go, if it could, where `base` is denied without these
    /// rules.
    pub(super) fn no_effect(
        &self,
        list: ListName,
        name: Option<Name>,
        base: &[u64],
        methods: &Methods,
    ) -> Option<NoEffect> {
        let Some(name) = name else { return Some(NoEffect::MatchesNothing) };
        let is_implied = match list {
            _ if self.list(list).repeats(name) => return Some(NoEffect::Repeated),
            ListName::Allow if self.block.names(name) => return Some(NoEffect::Overruled),
            ListName::Allow => self.all_without(name, Decided::Allowed, base, methods),
            ListName::Block => !self.allow.names(name) && self.all_without(name, Decided::Denied, base, methods),
        };
        is_implied.then_some(NoEffect::Implied)
    }

    /// Whether everything that an entry decides is decided so as well when no entry names it.
    fn all_without(&self, name: Name, decided: Decided, base: &[u64], methods: &Methods) -> bool {
        let is_denied = decided == Decided::Denied;
        match name {
            Name::Method(_) if self.block.any > 0 => is_denied,
            Name::Method(_) if self.allow.any > 0 => !is_denied,
            Name::Method(number) => contains(base, number) == is_denied,
            Name::Any => {
                let lists = self.allow.named.iter().zip(&self.block.named);
                let mut words = base.iter().zip(methods.all()).zip(lists);
                words.all(|((base, all), (allow, block))| {
                    let unnamed = all & !(allow | block);
                    let otherwise = if is_denied { !base } else { *base };
                    unnamed & otherwise == 0
                })
            }
        }
    }

    fn list(&self, list: ListName) -> &ListBits {
        match list {
            ListName::Allow => &self.allow,
            ListName::Block => &self.block,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Decided {
    Allowed,
    Denied,
}

/// The entries of a list, those that are no texts included; none if it is not there.
pub(super) fn entries(rules: Value<'_>, list: ListName) -> impl Iterator<Item = Value<'_>> {
    let list = rules.get(list.as_str()).filter(|list| list.kind() == Kind::Array);
    list.into_iter().flat_map(Value::children)
}

/// What an entry names; nothing if no method can equal it.
pub(super) fn name(entry: Value<'_>, methods: &Methods) -> Option<Name> {
    let text = (entry.kind() == Kind::Text).then(|| entry.text().as_str()).flatten()?;
    if text == Method::ANY { Some(Name::Any) } else { methods.number(text).map(Name::Method) }
}
