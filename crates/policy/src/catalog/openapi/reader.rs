//! Moves about in a document: follows references, finds members quickly, and notes what is wrong.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::path_item::PathItem;
use crate::catalog::imported::Findings;
use crate::catalog::messages;
use crate::catalog::percent::decode;
use crate::pointer::JsonPointer;
use crate::syntax::{Kind, Tree, Value};

/// References are followed no further than this.
const MOST_HOPS: usize = 16;

/// A value of the document and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Place<'d> {
    pub(super) value: Value<'d>,
    pub(super) pointer: JsonPointer,
}

impl<'d> Place<'d> {
    /// The place of a member or an element of this value.
    pub(super) fn child(&self, value: Value<'d>, token: &str) -> Place<'d> {
        Place { value, pointer: self.pointer.child(token) }
    }
}

/// Reads one document.
///
/// Objects that references lead to are indexed when they are first asked, and path items are read once, however
/// many references lead to them.
#[derive(Debug)]
pub(super) struct Reader<'d> {
    pub(super) findings: Findings,
    root: Option<Value<'d>>,
    /// By the byte where the object starts.
    members: BTreeMap<u32, BTreeMap<&'d str, Value<'d>>>,
    elements: BTreeMap<u32, Vec<Value<'d>>>,
    path_items: BTreeMap<u32, Rc<PathItem<'d>>>,
}

impl<'d> Reader<'d> {
    pub(super) fn new(tree: &'d Tree) -> Reader<'d> {
        Reader {
            findings: Findings::new(),
            root: tree.root(),
            members: BTreeMap::new(),
            elements: BTreeMap::new(),
            path_items: BTreeMap::new(),
        }
    }

    pub(super) fn into_findings(self) -> Findings {
        self.findings
    }

    /// The member of an object, found in its index.
    pub(super) fn member(&mut self, object: Value<'d>, key: &str) -> Option<Value<'d>> {
        if object.kind() != Kind::Object {
            return None;
        }
        let keyed = || object.children().filter_map(|member| Some((member.key().as_str()?, member)));
        self.members.entry(object.span().start).or_insert_with(|| keyed().collect()).get(key).copied()
    }

    /// What stands at a place, or what a reference there leads to; none, with a finding, if it leads nowhere.
    pub(super) fn follow(&mut self, place: Place<'d>) -> Option<Place<'d>> {
        let mut here = place;
        let mut visited: Vec<Value<'d>> = Vec::new();
        loop {
            let Some(reference) = self.member(here.value, "$ref") else { return Some(here) };
            let pointer = here.pointer.child("$ref");
            if reference.kind() != Kind::Text {
                self.findings.note(|| messages::wrong_shape(reference, "`$ref`", "a text").at(pointer));
                return None;
            }
            let start = here.value.span().start;
            if let Some(back) = visited.iter().find(|visited| visited.span().start == start) {
                let back = back.mark();
                self.findings.note(|| messages::reference_cycle(reference, back).at(pointer));
                return None;
            }
            if visited.len() == MOST_HOPS {
                self.findings.note(|| messages::reference_too_far(reference, MOST_HOPS).at(pointer));
                return None;
            }
            visited.push(here.value);
            match self.target(reference) {
                Ok(target) => here = target,
                Err(Lost::Outside) => {
                    self.findings.note(|| messages::reference_outside(reference).at(pointer));
                    return None;
                }
                Err(Lost::Missing) => {
                    self.findings.note(|| messages::reference_missing(reference).at(pointer));
                    return None;
                }
            }
        }
    }

    /// The path item at a place, read; none, with a finding, if there is none.
    pub(super) fn path_item(&mut self, place: Place<'d>) -> Option<Rc<PathItem<'d>>> {
        let place = self.follow(place)?;
        if place.value.kind() != Kind::Object {
            let make = || messages::wrong_shape(place.value, "a path item", "an object");
            self.findings.note(|| make().at(place.pointer));
            return None;
        }
        let start = place.value.span().start;
        if let Some(known) = self.path_items.get(&start) {
            return Some(Rc::clone(known));
        }
        let item = Rc::new(PathItem::read(&place, self));
        self.path_items.insert(start, Rc::clone(&item));
        Some(item)
    }

    fn target(&mut self, reference: Value<'d>) -> Result<Place<'d>, Lost> {
        let text = reference.text().as_str().ok_or(Lost::Missing)?;
        let fragment = text.strip_prefix('#').ok_or(Lost::Outside)?;
        let pointer: JsonPointer = decode(fragment).parse().map_err(|_| Lost::Missing)?;
        let mut here = self.root.ok_or(Lost::Missing)?;
        for token in pointer.tokens() {
            here = self.step(here, &token).ok_or(Lost::Missing)?;
        }
        Ok(Place { value: here, pointer })
    }

    fn step(&mut self, container: Value<'d>, token: &str) -> Option<Value<'d>> {
        if container.kind() != Kind::Array {
            return self.member(container, token);
        }
        let index: usize = token.parse().ok()?;
        let elements = self.elements.entry(container.span().start).or_insert_with(|| container.children().collect());
        elements.get(index).copied()
    }
}

/// Why a reference leads nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lost {
    Outside,
    Missing,
}
