//! Which templates belong to one resource, and which resource belongs to which.

use std::collections::BTreeMap;

use super::template::{Template, parent_shape};

/// The templates of one resource, by their places among all templates: at least one of the two is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) list: Option<usize>,
    pub(super) item: Option<usize>,
}

impl Pair {
    /// The template under which the resource stands: that of its list, or else that of its item.
    pub(super) fn base(self) -> Option<usize> {
        self.list.or(self.item)
    }
}

/// Joins each `/things` with its `/things/{id}`, in order of their shapes, so that parents come before their children.
///
/// A template without a parameter at its end may be a list; one that is the list of nothing stands as an item.
/// Of templates with the same shape only the first counts.
///
/// Costs n log n comparisons of shapes.
pub(super) fn pairs(templates: &[Template<'_>]) -> Vec<Pair> {
    let mut by_shape: BTreeMap<String, usize> = BTreeMap::new();
    for (place, template) in templates.iter().enumerate() {
        by_shape.entry(template.shape()).or_insert(place);
    }
    let ends_with_parameter =
        |place: usize| templates.get(place).is_some_and(|template| template.ends_with_parameter());
    let list_of = |shape: &str| {
        let list = by_shape.get(parent_shape(shape)?).copied()?;
        (!ends_with_parameter(list)).then_some(list)
    };
    let mut items: BTreeMap<usize, usize> = BTreeMap::new();
    for (shape, item) in by_shape.iter().filter(|(_, place)| ends_with_parameter(**place)) {
        if let Some(list) = list_of(shape) {
            items.insert(list, *item);
        }
    }
    let pair = |(shape, place): (&String, &usize)| {
        if let Some(item) = items.get(place) {
            return Some(Pair { list: Some(*place), item: Some(*item) });
        }
        let is_in_pair = ends_with_parameter(*place) && list_of(shape).is_some();
        (!is_in_pair).then_some(Pair { list: None, item: Some(*place) })
    };
    by_shape.iter().filter_map(pair).collect()
}

/// Finds the resource that another one belongs to, by the shapes of their templates.
#[derive(Debug, Default)]
pub(super) struct Parents<Name> {
    names: BTreeMap<String, Name>,
}

impl<Name: Clone + PartialEq> Parents<Name> {
    /// Says that `name` stands at `shape`, unless another one does already.
    pub(super) fn add(&mut self, shape: String, name: Name) {
        self.names.entry(shape).or_insert(name);
    }

    /// The name at the longest shape that `shape` goes on from, other than `own`.
    ///
    /// Costs a look-up for each segment.
    pub(super) fn of(&self, shape: &str, own: &Name) -> Option<Name> {
        let shapes = std::iter::successors(parent_shape(shape), |shape| parent_shape(shape));
        let mut names = shapes.filter_map(|shape| self.names.get(shape));
        names.find(|name| *name != own).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(texts: &[&str], expected: &[&str]) {
        let templates: Vec<Template<'_>> = texts.iter().map(|text| Template::parse(text).unwrap()).collect();
        let text = |place: Option<usize>| place.and_then(|place| texts.get(place)).copied().unwrap_or("-");
        let shown: Vec<String> =
            pairs(&templates).into_iter().map(|pair| format!("{} {}", text(pair.list), text(pair.item))).collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn lists_and_items_are_joined() {
        check(&["/pets/{id}", "/pets"], &["/pets /pets/{id}"]);
        check(&["/pets", "/pets/mine"], &["- /pets", "- /pets/mine"]);
        check(&["/pets/{id}/toys/{toy}", "/pets/{id}/toys"], &["/pets/{id}/toys /pets/{id}/toys/{toy}"]);
        check(&["/a/{x}/{y}", "/a/{x}", "/a"], &["/a /a/{x}", "- /a/{x}/{y}"]);
        check(&["/{x}", "/"], &["/ /{x}"]);
        check(&["/a/{x}", "/a/{y}"], &["- /a/{x}"]);
        check(&["/a/{x}.json", "/a"], &["- /a", "- /a/{x}.json"]);
    }

    #[test]
    fn parents_are_the_nearest_above() {
        let mut parents = Parents::default();
        for (shape, name) in [("/pets", "pets"), ("/pets/{}", "pets"), ("/pets/{}/toys", "toys")] {
            parents.add(shape.to_owned(), name);
        }
        assert_eq!(parents.of("/pets/{}/toys/{}/parts", &"parts"), Some("toys"));
        assert_eq!(parents.of("/pets/{}/toys", &"toys"), Some("pets"));
        assert_eq!(parents.of("/pets", &"pets"), None);
    }
}
