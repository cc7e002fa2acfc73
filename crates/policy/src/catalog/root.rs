//! From the root resource of a live Review Board to a catalog.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::family::{Pair, Parents, pairs};
use super::imported::{Findings, Imported};
use super::lookup::{Catalog, Mount};
use super::messages;
use super::resolve::{api_start, parts_of, path_of};
use super::resource::{Access, Origin, Resource};
use super::template::{Template, TemplateProblem};
use crate::pointer::JsonPointer;
use crate::syntax::{Document, Kind, Value, parse_deep};

/// The methods that resources of Review Board may implement.
const ALL_METHODS: [&str; 4] = ["GET", "POST", "PUT", "DELETE"];

/// Reads a server's answer to `GET /api/` as a catalog: the resources of `known`, and those that the server has more.
///
/// The answer maps names to URL templates. One at a URL of `known` is that resource, whatever its name.
/// Another one with the name of a known resource has its methods and its policy id.
/// Of the rest only the URLs are known: the methods are assumed to be all there are,
/// [`Resource::has_assumed_methods`] says so, and a hint names them.
/// What `known` has and the answer lacks is kept, since servers leave some of their resources out.
///
/// Never fails, whatever the text; there is no catalog if it is not JSON, or no root resource.
///
/// Time grows linearly with the text, but for sorting.
///
/// ```
/// use tollgate_policy::{Catalog, import_root};
///
/// let answer = r#"{"stat": "ok", "product": {"name": "Review Board", "version": "8.1"}, "uri_templates": {
///     "review_requests": "https://example.com/api/review-requests/",
///     "checklist": "https://example.com/api/extensions/checks/checklists/{checklist_id}/",
///     "checklists": "https://example.com/api/extensions/checks/checklists/"
/// }}"#;
/// let imported = import_root(answer, Catalog::review_board_8_1());
/// assert_eq!(imported.diagnostics()[0].message, "the resource `checklist` is not recorded");
///
/// let catalog = imported.into_catalog().ok_or("refused")?;
/// assert_eq!(catalog.resources().len(), 72);
/// let checklist = catalog.by_policy_id("checklist").next().ok_or("missing")?;
/// assert!(checklist.has_assumed_methods() && checklist.implements("DELETE"));
/// # Ok::<(), &str>(())
/// ```
pub fn import_root(text: &str, known: &Catalog) -> Imported {
    let document = parse_deep(text);
    let mut findings = Findings::new();
    let catalog = if document.is_json() { read(&document, known, &mut findings) } else { None };
    Imported::new(&document, findings, catalog)
}

/// None exactly if an error is among the findings.
fn read(document: &Document, known: &Catalog, findings: &mut Findings) -> Option<Catalog> {
    let root = document.tree().root()?;
    if root.kind() != Kind::Object {
        findings.refuse(|| messages::not_a_root_resource(root, &format!("it is {}", root.in_words())));
        return None;
    }
    let pointer = JsonPointer::root().child("uri_templates");
    let Some(templates) = root.get("uri_templates") else {
        findings.refuse(|| messages::not_a_root_resource(root, "it has no `uri_templates`"));
        return None;
    };
    if templates.kind() != Kind::Object {
        let words = format!("its `uri_templates` is {}", templates.in_words());
        findings.refuse(|| messages::not_a_root_resource(templates, &words).at(pointer));
        return None;
    }
    let entries = entries(templates, &pointer, findings);
    let more = Unrecorded::new(known, &entries).resources(&pointer, findings);
    let mut policy_ids: BTreeSet<String> = known.policy_ids().map(str::to_owned).collect();
    policy_ids.extend(more.iter().map(|resource| resource.policy_id.to_string()));
    let resources = known.resources().iter().cloned().chain(more).collect();
    let title = title(root).unwrap_or_else(|| known.title().to_owned());
    Some(Catalog::new(Cow::Owned(title), Mount::Api, resources).with_policy_ids(policy_ids))
}

/// An entry of the map that is a template.
struct Entry<'d> {
    member: Value<'d>,
    name: &'d str,
    /// The path from `api` on.
    path: String,
}

fn entries<'d>(templates: Value<'d>, pointer: &JsonPointer, findings: &mut Findings) -> Vec<Entry<'d>> {
    let mut entries = Vec::new();
    for member in templates.children() {
        let Some(name) = member.key().as_str() else { continue };
        let pointer = || pointer.child(name);
        if member.kind() != Kind::Text {
            findings.note(|| messages::wrong_shape(member, "a template", "a text").at(pointer()));
            continue;
        }
        let text = member.text().lossy();
        let path = match template_path(text) {
            Ok(path) => path,
            Err(problem) => {
                findings.note(|| messages::bad_path_template(member.span(), text, problem).at(pointer()));
                continue;
            }
        };
        entries.push(Entry { member, name, path });
    }
    entries
}

/// The part of a URL template from `api` on, if it is one.
fn template_path(url: &str) -> Result<String, TemplateProblem> {
    // Asked with a query, servers put the paths behind it, where nothing can be read.
    if url.contains(['?', '#']) {
        return Err(TemplateProblem::Query);
    }
    let parts: Vec<&str> = parts_of(path_of(url)).collect();
    let start = api_start(&parts).ok_or(TemplateProblem::MissingApi)?;
    let path = format!("/{}/", parts.get(start..).unwrap_or_default().join("/"));
    Template::parse(&path).map(|_| ())?;
    Ok(path)
}

fn title(root: Value<'_>) -> Option<String> {
    let product = root.get("product")?;
    let word = |key: &str| product.get(key).filter(|member| member.kind() == Kind::Text)?.text().as_str();
    let title = format!("{} {}", word("name")?, word("version")?);
    Some(title.chars().take(200).collect())
}

/// The entries at URLs that no known resource has.
struct Unrecorded<'e, 'd, 'k> {
    known: &'k Catalog,
    entries: Vec<&'e Entry<'d>>,
    templates: Vec<Template<'e>>,
    parents: Parents<Cow<'static, str>>,
}

impl<'e, 'd, 'k> Unrecorded<'e, 'd, 'k> {
    fn new(known: &'k Catalog, entries: &'e [Entry<'d>]) -> Unrecorded<'e, 'd, 'k> {
        let mut parents = Parents::default();
        let mut shapes: BTreeSet<String> = BTreeSet::new();
        for resource in known.resources() {
            for uri in [&resource.list_uri, &resource.item_uri].into_iter().flatten() {
                let Ok(template) = Template::parse(uri) else { continue };
                let shape = template.shape();
                if resource.is_singleton && resource.item_key.is_some() {
                    // Servers write the key behind such a URL, although it has no place there.
                    shapes.insert(format!("{shape}/{{}}"));
                }
                parents.add(shape.clone(), resource.name.clone());
                shapes.insert(shape);
            }
        }
        let mut unrecorded = Unrecorded { known, entries: Vec::new(), templates: Vec::new(), parents };
        for entry in entries {
            let Ok(template) = Template::parse(&entry.path) else { continue };
            // Newer servers give several names to one URL; the first is as good as any.
            if shapes.insert(template.shape()) {
                unrecorded.entries.push(entry);
                unrecorded.templates.push(template);
            }
        }
        unrecorded
    }

    fn resources(mut self, pointer: &JsonPointer, findings: &mut Findings) -> Vec<Resource> {
        let by_name = self.by_name();
        let families = pairs(&self.templates);
        let named: Vec<(Pair, Resource)> =
            families.into_iter().filter_map(|pair| Some((pair, self.resource(pair, &by_name)?))).collect();
        for (pair, resource) in &named {
            for place in [pair.list, pair.item].into_iter().flatten() {
                if let Some(template) = self.templates.get(place) {
                    self.parents.add(template.shape(), resource.name.clone());
                }
            }
        }
        let mut resources = Vec::with_capacity(named.len());
        for (pair, mut resource) in named {
            let template = pair.base().and_then(|place| self.templates.get(place));
            resource.parent = template.and_then(|template| self.parents.of(&template.shape(), &resource.name));
            let entry = pair.item.or(pair.list).and_then(|place| self.entries.get(place));
            if let Some(entry) = entry.filter(|_| resource.has_assumed_methods()) {
                let make = || messages::resource_not_recorded(entry.member, &resource.policy_id);
                findings.note(|| make().at(pointer.child(entry.name)));
            }
            resources.push(resource);
        }
        resources
    }

    /// The known resources under each of their names.
    fn by_name(&self) -> BTreeMap<&'k str, &'k Resource> {
        let mut by_name: BTreeMap<&'k str, &'k Resource> = BTreeMap::new();
        for resource in self.known.resources() {
            for name in [&resource.name, &resource.name_plural, &resource.policy_id] {
                by_name.entry(name).or_insert(resource);
            }
        }
        by_name
    }

    /// The resource of a list and its item, for now without its parent.
    fn resource(&self, pair: Pair, by_name: &BTreeMap<&'k str, &'k Resource>) -> Option<Resource> {
        let entry = |place: Option<usize>| place.and_then(|place| self.entries.get(place)).copied();
        let template = |place: Option<usize>| place.and_then(|place| self.templates.get(place));
        let ends_with_id = template(pair.item).is_some_and(Template::ends_with_parameter);
        // A template that is no list of anything seen may still be one: Review Board lists have no other sign.
        let (list, item) = if ends_with_id { (pair.list, pair.item) } else { (pair.base(), None) };
        let (list, item) = (entry(list), entry(item));
        let named = item.or(list)?;
        let recorded = [item, list].into_iter().flatten().find_map(|entry| by_name.get(entry.name)).copied();

        let owned = |text: &str| Cow::<'static, str>::Owned(text.to_owned());
        let own_name = owned(named.name);
        let own_plural = owned(list.unwrap_or(named).name);
        let key = if item.is_some() { template(pair.item)?.parameters().last().copied() } else { None };
        Some(Resource {
            policy_id: recorded.map_or_else(|| own_name.clone(), |recorded| recorded.policy_id.clone()),
            name: recorded.map_or_else(|| own_name.clone(), |recorded| recorded.name.clone()),
            name_plural: recorded.map_or(own_plural, |recorded| recorded.name_plural.clone()),
            module: owned(&list.unwrap_or(named).path),
            parent: None,
            list_uri: list.map(|entry| owned(&entry.path)),
            item_uri: item.map(|entry| owned(&entry.path)),
            item_key: key.map(owned),
            item_id_pattern: recorded.filter(|_| key.is_some()).and_then(|recorded| recorded.item_id_pattern.clone()),
            methods: match recorded {
                Some(recorded) => recorded.methods.clone(),
                None => ALL_METHODS.into_iter().map(Cow::Borrowed).collect(),
            },
            methods_apart: None,
            is_singleton: recorded.is_some_and(|recorded| recorded.is_singleton),
            token_access: recorded.map_or(Access::Open, |recorded| recorded.token_access),
            summary: None,
            origin: if recorded.is_some() { Origin::Announced } else { Origin::Assumed },
        })
    }
}
