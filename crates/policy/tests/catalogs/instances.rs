//! Resources as lines of text, and URLs that fit their templates.

use tollgate_policy::{Catalog, Resource};

/// `list item key pattern [methods]`, absent parts left out, the list as `-`; methods of list and item apart if known.
pub(crate) fn shown(resource: &Resource) -> String {
    let pattern = resource.item_id_pattern.as_ref().map(|pattern| format!("`{pattern}`"));
    let methods = match &resource.methods_apart {
        Some(apart) => format!("[{}] [{}]", apart.list.join(" "), apart.item.join(" ")),
        None => format!("[{}]", resource.methods.join(" ")),
    };
    let parts = [
        Some(resource.list_uri.as_deref().unwrap_or("-")),
        resource.item_uri.as_deref(),
        resource.item_key.as_deref(),
        pattern.as_deref(),
        Some(&methods),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// An id that fits a pattern, and no fixed part of any template that the tests use.
pub(crate) fn id(pattern: Option<&str>) -> String {
    let Some(class) = pattern.and_then(|pattern| pattern.strip_prefix('[')) else { return "zz9".to_owned() };
    let mut characters = class.chars();
    match characters.next() {
        Some('\\') => characters.next().into_iter().collect(),
        first => first.into_iter().collect(),
    }
}

/// A path that fits a template, and the last id in it; ids are such as the resources above have them.
///
/// `own` is the pattern of the last one, which otherwise is like the others.
pub(crate) fn instance(catalog: &Catalog, template: &str, own: Option<&str>) -> (String, Option<String>) {
    let mut path = String::new();
    let mut last = None;
    let mut at = 0;
    while let Some(open) = template[at..].find('{') {
        let close = at + template[at..].find('}').unwrap() + 1;
        let above = &template[..close];
        let has_uri = |uri: &str| uri.trim_end_matches('/') == above;
        let of_item = catalog.resources().iter().find(|resource| resource.item_uri.as_deref().is_some_and(has_uri));
        let of_item = of_item.and_then(|resource| resource.item_id_pattern.as_deref());
        let is_last = !template[close..].contains('{');
        let value = id(if is_last { own.or(of_item) } else { of_item });
        path.push_str(&template[at..at + open]);
        path.push_str(&value);
        last = Some(value);
        at = close;
    }
    path.push_str(&template[at..]);
    (path, last)
}

/// Fails unless the URL of each template of a catalog finds the resource whose template it is, and the id in it.
#[track_caller]
pub(crate) fn assert_all_resolve_back(catalog: &Catalog) {
    for resource in catalog.resources() {
        if let Some(list) = resource.list_uri.as_deref() {
            let (path, _) = instance(catalog, list, None);
            let found = catalog.resolve(&path).unwrap_or_else(|| panic!("{path} finds nothing"));
            assert_eq!(found.resource.module, resource.module, "{path}");
            assert_eq!(found.item_id, None, "{path}");
        }
        if let Some(item) = resource.item_uri.as_deref() {
            let own = resource.item_id_pattern.as_deref().filter(|_| resource.item_key.is_some());
            let (path, last) = instance(catalog, item, own);
            let found = catalog.resolve(&path).unwrap_or_else(|| panic!("{path} finds nothing"));
            assert_eq!(found.resource.module, resource.module, "{path}");
            assert_eq!(found.item_id, resource.item_key.as_ref().and(last), "{path}");
        }
    }
}
