//! Classes of requests and edits, in words.

use tollgate_browser::analysis::CellName;
use tollgate_policy::{
    Catalog, EditStep, Effect, ItemClass, Method, MethodClass, Place, Policy, Request, ResourceClass, Space,
};

/// How many ids are named before the rest is counted.
const MOST_IDS: usize = 3;

/// How many methods may be left out of `every method but`.
const MOST_EXCEPTIONS: usize = 3;

/// What two policies have names for, so that others can be called others.
pub(super) struct Named {
    space: Space,
}

impl Named {
    pub(super) fn by(before: &Policy, after: &Policy) -> Self {
        Self { space: Space::of(&[before, after]) }
    }

    /// The same, where one request has a name as well: what is told is what changes beside it.
    pub(super) fn beside(target: &CellName, before: &Policy, after: &Policy, catalog: &Catalog) -> Self {
        let item_id = target.item_id.as_deref();
        let request = catalog.by_policy_id(&target.policy_id).next();
        let request = request.map(|resource| Request::new(resource, &target.method, item_id));
        Self { space: Space::with_requests(&[before, after], request.as_slice()) }
    }

    /// Methods, as far as they differ from all: `PUT and DELETE`, `every method but GET`.
    pub(super) fn methods(&self, methods: &[MethodClass]) -> String {
        let name = |class: &MethodClass| match class {
            MethodClass::Named(method) => Some(method.to_string()),
            MethodClass::Other => None,
        };
        let names: Vec<String> = methods.iter().filter_map(name).collect();
        if !methods.contains(&MethodClass::Other) {
            return joined(&names);
        }
        let is_missing = |method: &&Method| !names.iter().any(|name| name == method.as_str());
        let missing: Vec<String> = self.space.methods().iter().filter(is_missing).map(Method::to_string).collect();
        match missing.len() {
            0 => "every method".to_owned(),
            1..=MOST_EXCEPTIONS => format!("every method but {}", joined(&missing)),
            _ if names.is_empty() => "methods that no rule names".to_owned(),
            _ => format!("{}, and methods that no rule names", joined(&names)),
        }
    }

    /// Items of a resource: `review 7`, `all other reviews`, `the list of reviews`.
    pub(super) fn scope(&self, resource: &ResourceClass, items: &[ItemClass], catalog: &Catalog) -> String {
        match resource {
            ResourceClass::Named(policy_id) => self.items(policy_id.as_str(), items, catalog),
            ResourceClass::Other => {
                let others =
                    if self.space.resources().next().is_some() { "all other resources" } else { "all resources" };
                match (items.contains(&ItemClass::Other), items.contains(&ItemClass::None)) {
                    (false, true) => format!("the lists of {others}"),
                    (true, false) => format!("single items of {others}"),
                    _ => others.to_owned(),
                }
            }
        }
    }

    fn items(&self, policy_id: &str, items: &[ItemClass], catalog: &Catalog) -> String {
        let resources: Vec<_> = catalog.by_policy_id(policy_id).collect();
        let one = policy_id.replace('_', " ");
        let many = resources.first().map_or_else(|| one.clone(), |resource| resource.plural_words());
        let name = |class: &ItemClass| match class {
            ItemClass::Named(item_id) => Some(item_id.to_string()),
            ItemClass::Other | ItemClass::None => None,
        };
        let ids: Vec<String> = items.iter().filter_map(name).collect();
        let has_items = resources.iter().any(|resource| resource.item_key.is_some() && !resource.is_singleton);
        let mut parts = Vec::new();
        if !ids.is_empty() {
            parts.push(format!("{one} {}", some_of(&ids)));
        }
        let named = self.space.resources().find(|resource| resource.policy_id().as_str() == policy_id);
        let has_named = !ids.is_empty() || named.is_some_and(|resource| !resource.item_ids().is_empty());
        let all = if has_named { format!("all other {many}") } else { format!("all {many}") };
        match (items.contains(&ItemClass::Other), items.contains(&ItemClass::None)) {
            (false, false) => {}
            (_, true) if !has_items => parts.push(one),
            (true, true) => parts.push(all),
            (true, false) => parts.push(format!("{all}, but not their list")),
            (false, true) => parts.push(format!("the list of {many}")),
        }
        joined(&parts)
    }
}

/// What an edit does, as a lower-case fragment.
pub(super) fn step(step: &EditStep) -> String {
    match step {
        EditStep::RemoveEntries { place, list, method, count } => {
            let times = if *count > 1 { format!(" ({count} times)") } else { String::new() };
            format!("remove `{method}`{times} from `{}` of the rules for {}", list.as_str(), place_words(place))
        }
        EditStep::RemoveRules { place } => format!("remove the rules for {}", place_words(place)),
        EditStep::AddEntry { place, list, method } => {
            format!("add `{method}` to `{}` of the rules for {}", list.as_str(), place_words(place))
        }
    }
}

/// What a changed decision is called: `allows`, `blocks`.
pub(super) fn verb(effect: Effect) -> &'static str {
    match effect {
        Effect::Allow => "allows",
        Effect::Deny => "blocks",
    }
}

/// Names in a row: `a`, `a and b`, `a, b and c`.
pub(super) fn joined(names: &[String]) -> String {
    match names.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
    }
}

fn some_of(ids: &[String]) -> String {
    match ids.get(..MOST_IDS) {
        Some(first) if ids.len() > MOST_IDS => format!("{} and {} more", first.join(", "), ids.len() - MOST_IDS),
        _ => joined(ids),
    }
}

fn place_words(place: &Place) -> String {
    match place {
        Place::Everything => "everything".to_owned(),
        Place::Resource { policy_id } => format!("`{policy_id}`"),
        Place::Item { policy_id, item_id } => format!("`{policy_id}` `{item_id}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"{"resources": {"review": {"7": {"allow": ["GET"]}}, "user": {"*": {"block": ["PUT"]}}}}"#;

    fn named() -> Named {
        Named::by(&Policy::stored(TEXT).unwrap(), &Policy::full_access())
    }

    #[track_caller]
    fn check(policy_id: &str, items: &[ItemClass], expected: &str) {
        let resource = ResourceClass::Named(policy_id.into());
        assert_eq!(named().scope(&resource, items, Catalog::review_board_8_1()), expected);
    }

    #[test]
    fn items_are_told_by_what_else_has_a_name() {
        let both = [ItemClass::Other, ItemClass::None];
        check("review", &both, "all other reviews");
        check("user", &both, "all users");
        check("user", &[ItemClass::None], "the list of users");
        check("review", &[ItemClass::Other], "all other reviews, but not their list");
        check("review", &[ItemClass::Named("7".into())], "review 7");
        let ids = ["1", "2", "3", "4", "5"].map(|id| ItemClass::Named(id.into()));
        check("review_request", &ids, "review request 1, 2, 3 and 2 more");
        check("session", &both, "session");
        check("gone", &both, "gone");
        let rest = named().scope(&ResourceClass::Other, &both, Catalog::review_board_8_1());
        assert_eq!(rest, "all other resources");
    }

    #[test]
    fn methods_are_told_by_those_that_are_missing_where_these_are_few() {
        let class = |method: &str| MethodClass::Named(method.into());
        let all: Vec<MethodClass> = Method::KNOWN.into_iter().map(class).chain([MethodClass::Other]).collect();
        let without = |missing: &[&str]| -> Vec<MethodClass> {
            all.iter().filter(|found| !missing.iter().any(|method| **found == class(method))).cloned().collect()
        };
        assert_eq!(named().methods(&all), "every method");
        assert_eq!(named().methods(&without(&["GET"])), "every method but GET");
        assert_eq!(named().methods(&without(&["GET", "PUT"])), "every method but GET and PUT");
        assert_eq!(named().methods(&[class("PUT"), class("DELETE")]), "PUT and DELETE");
        assert_eq!(named().methods(&[MethodClass::Other]), "methods that no rule names");
    }
}
