//! From the paths of a document to the resources of a catalog.

use std::borrow::Cow;
use std::rc::Rc;

use super::id_pattern;
use super::naming;
use super::path_item::{self, PathItem};
use super::reader::Reader;
use crate::catalog::family::{Pair, Parents, pairs};
use crate::catalog::messages;
use crate::catalog::resource::{Access, MethodsApart, Origin, Resource};
use crate::catalog::template::Template;
use crate::pointer::JsonPointer;
use crate::syntax::Value;

/// A path of the document that has methods.
#[derive(Debug)]
pub(super) struct Path<'d> {
    /// The member of `paths`, for findings about it.
    pub(super) member: Value<'d>,
    pub(super) text: &'d str,
    pub(super) template: Template<'d>,
    /// Its own and those of paths of the same shape.
    pub(super) methods: Vec<&'static str>,
    pub(super) item: Rc<PathItem<'d>>,
}

impl Path<'_> {
    pub(super) fn add_methods(&mut self, methods: &[&'static str]) {
        self.methods.extend(methods);
        path_item::sort(&mut self.methods);
    }
}

/// The list and the item of one resource; one of them may be missing, and `base` is the list if it is there.
struct Family<'p, 'd> {
    base: &'p Path<'d>,
    list: Option<&'p Path<'d>>,
    item: Option<&'p Path<'d>>,
}

/// One resource for each path, or each list and its item; parents before their children.
pub(super) fn of<'d>(paths: &[Path<'d>], reader: &mut Reader<'d>) -> Vec<Resource> {
    let templates: Vec<Template<'d>> = paths.iter().map(|path| path.template.clone()).collect();
    let families: Vec<Family<'_, 'd>> = pairs(&templates).into_iter().filter_map(|pair| family(paths, pair)).collect();
    let named_by: Vec<&Template<'d>> =
        families.iter().map(|family| &family.item.unwrap_or(family.base).template).collect();
    let ids = naming::policy_ids(&named_by);

    let mut parents: Parents<&str> = Parents::default();
    for (family, id) in families.iter().zip(&ids) {
        for path in [family.list, family.item].into_iter().flatten() {
            parents.add(path.template.shape(), id.as_str());
        }
    }
    let resources = families.iter().zip(&ids).map(|(family, id)| {
        let parent = parents.of(&family.base.template.shape(), &id.as_str());
        resource(family, id, parent, reader)
    });
    resources.collect()
}

fn family<'p, 'd>(paths: &'p [Path<'d>], pair: Pair) -> Option<Family<'p, 'd>> {
    let path = |place: Option<usize>| place.and_then(|place| paths.get(place));
    Some(Family { base: path(pair.base())?, list: path(pair.list), item: path(pair.item) })
}

fn resource<'d>(family: &Family<'_, 'd>, id: &str, parent: Option<&str>, reader: &mut Reader<'d>) -> Resource {
    let owned = |text: &str| Cow::<'static, str>::Owned(text.to_owned());
    let methods_of = |path: Option<&Path<'_>>| path.map(|path| path.methods.clone()).unwrap_or_default();
    let (list, item) = (methods_of(family.list), methods_of(family.item));
    let mut methods: Vec<&'static str> = list.iter().chain(&item).copied().collect();
    path_item::sort(&mut methods);

    let key = family.item.and_then(|path| path.template.parameters().last().copied());
    let pattern = family.item.zip(key).and_then(|(path, key)| id_pattern_of(path, key, reader));
    let summary = [family.list, family.item].into_iter().flatten().find_map(|path| path.item.summary);
    let is_singleton = family.list.is_none() && key.is_none();
    let borrowed = |methods: Vec<&'static str>| methods.into_iter().map(Cow::Borrowed).collect::<Vec<_>>();
    Resource {
        policy_id: owned(id),
        name: owned(id),
        name_plural: owned(id),
        module: owned(family.base.text),
        parent: parent.map(owned),
        list_uri: family.list.map(|path| owned(path.text)),
        item_uri: family.item.map(|path| owned(path.text)),
        item_key: key.map(owned),
        item_id_pattern: pattern.map(Cow::Owned),
        methods: borrowed(methods),
        methods_apart: (!is_singleton).then(|| MethodsApart { list: borrowed(list), item: borrowed(item) }),
        is_singleton,
        token_access: Access::Open,
        summary: summary.map(owned),
        origin: Origin::OpenApi,
    }
}

fn id_pattern_of<'d>(path: &Path<'d>, key: &str, reader: &mut Reader<'d>) -> Option<String> {
    let Some(declared) = path.item.declared(key).cloned() else {
        reader.findings.note(|| {
            let pointer = JsonPointer::root().child("paths").child(path.text);
            messages::parameter_not_declared(path.member, key).at(pointer)
        });
        return None;
    };
    id_pattern::of_parameter(&declared, reader)
}
