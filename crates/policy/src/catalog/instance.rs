//! From a resource to a path that asks for it: the other way round from `resolve`.

use super::lookup::Catalog;
use super::pattern::matches_pattern;
use super::resource::Resource;

/// Ids for the resources above, which a policy does not look at; every pattern of the catalog fits one of them.
const EXAMPLES: [&str; 2] = ["name", "42"];

impl Catalog {
    /// A path that asks for the item of `resource` with this id, or without one for its list, or for the only one
    /// there is.
    ///
    /// The ids of the resources above it are made up.
    /// The answer is none if there is no list, if the resource has no items that rules could name, or if no item can
    /// have the id.
    /// What [`resolve`](Catalog::resolve) makes of the path has the same policy id, and the same item if there is one.
    ///
    /// Costs a walk over the resources for each id in the path.
    ///
    /// ```
    /// use tollgate_policy::Catalog;
    ///
    /// let catalog = Catalog::review_board_8_1();
    /// let review = catalog.by_policy_id("review").next().ok_or("gone")?;
    /// assert_eq!(catalog.instance(review, Some("9")).as_deref(), Some("/api/review-requests/42/reviews/9/"));
    /// assert_eq!(catalog.instance(review, None).as_deref(), Some("/api/review-requests/42/reviews/"));
    /// assert_eq!(catalog.instance(review, Some("nine")), None);
    /// # Ok::<(), &str>(())
    /// ```
    pub fn instance(&self, resource: &Resource, item_id: Option<&str>) -> Option<String> {
        let item_uri = resource.item_uri.as_deref();
        let Some(item_id) = item_id else {
            let only_one = item_uri.filter(|_| resource.is_singleton);
            return Some(self.filled(resource.list_uri.as_deref().or(only_one)?, None));
        };
        let uri = item_uri.filter(|_| resource.item_key.is_some() && !resource.is_singleton)?;
        let pattern = resource.item_id_pattern.as_deref();
        if item_id.is_empty() || pattern.is_some_and(|pattern| !matches_pattern(pattern, item_id)) {
            return None;
        }
        // An id that may hold slashes reaches over several parts of the path.
        let kept = if pattern.is_some_and(|pattern| pattern.contains('/')) { "-._~@'+/" } else { "-._~@'+" };
        Some(self.filled(uri, Some(&encoded(item_id, kept))))
    }

    /// The template with an id for each of its parameters: `own` for the last one, examples for the others.
    fn filled(&self, template: &str, own: Option<&str>) -> String {
        let mut path = String::with_capacity(template.len());
        let mut rest = template;
        while let Some((before, parameter)) = rest.split_once('{') {
            let Some((_, behind)) = parameter.split_once('}') else { break };
            path.push_str(before);
            let above = template.len() - behind.len();
            match own.filter(|_| !behind.contains('{')) {
                Some(own) => path.push_str(own),
                None => path.push_str(self.example(template.get(..above).unwrap_or_default())),
            }
            rest = behind;
        }
        path.push_str(rest);
        path
    }

    /// An id for the resource whose items have this template, written without a slash at its end.
    fn example(&self, template: &str) -> &'static str {
        let has_template = |resource: &&Resource| {
            resource.item_uri.as_deref().is_some_and(|uri| uri.trim_end_matches('/') == template)
        };
        let found = self.resources().iter().find(has_template);
        let pattern = found.and_then(|resource| resource.item_id_pattern.as_deref());
        let mut fitting = EXAMPLES.into_iter().filter(|id| pattern.is_none_or(|pattern| matches_pattern(pattern, id)));
        fitting.next().unwrap_or("42")
    }
}

/// An id as it stands in a path: letters and digits of ASCII and what is `kept` as they are, the rest byte by byte.
fn encoded(item_id: &str, kept: &str) -> String {
    let mut encoded = String::with_capacity(item_id.len());
    for byte in item_id.bytes() {
        let character = char::from(byte);
        if character.is_ascii_alphanumeric() || kept.contains(character) {
            encoded.push(character);
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_was_made_up_asks_for_what_it_was_made_up_for() {
        let catalog = Catalog::review_board_8_1();
        for resource in catalog.resources() {
            let ids = ["7", "name", "a.b-c_1", "o'brien@a", "a/b"];
            let paths = ids.iter().filter_map(|id| Some((Some(*id), catalog.instance(resource, Some(id))?)));
            let paths: Vec<(Option<&str>, String)> =
                paths.chain(catalog.instance(resource, None).map(|path| (None, path))).collect();
            assert!(!paths.is_empty(), "{}", resource.module);
            for (item_id, path) in paths {
                let found = catalog.resolve(&path).unwrap();
                assert_eq!(found.resource.policy_id, resource.policy_id, "{path}");
                if !resource.is_singleton {
                    assert_eq!(found.item_id.as_deref(), item_id, "{path}");
                }
            }
        }
    }

    #[test]
    fn an_id_is_written_so_that_it_is_read_again() {
        let catalog = Catalog::review_board_8_1();
        let user = catalog.by_policy_id("user").next().unwrap();
        assert_eq!(catalog.instance(user, Some("a b")), None);
        assert_eq!(encoded("a b/é%", "/"), "a%20b/%C3%A9%25");
        assert_eq!(encoded("a/b", ""), "a%2Fb");
    }
}
