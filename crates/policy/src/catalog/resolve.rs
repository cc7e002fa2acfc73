//! From a URL to the resource it asks for.

use serde::Serialize;

use super::lookup::Catalog;
use super::pattern::matches_pattern;
use super::resource::Resource;

/// Whether a URL asks for a list or for one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Asks {
    /// The list of a resource.
    List,
    /// One item, or the only one there is.
    Item,
}

/// What a URL asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Resolved {
    /// The resource.
    pub resource: &'static Resource,
    /// The id of the item, decoded; none for lists and for resources without items.
    pub item_id: Option<String>,
    /// The Local Site of the URL.
    pub local_site: Option<String>,
    /// Whether it asks for a list.
    pub asks: Asks,
}

impl Catalog {
    /// The resource that a URL or its path asks for; none if no resource matches.
    ///
    /// Query and fragment are left out, a missing slash at the end is forgiven, and whatever stands before `api`
    /// is taken for the place where the server is mounted.
    ///
    /// Costs a comparison with the URLs of all resources.
    ///
    /// ```
    /// use tollgate_policy::{Asks, Catalog};
    ///
    /// let url = "https://example.com/s/acme/api/review-requests/42/reviews/9/?expand=user";
    /// let resolved = Catalog::review_board_8_1().resolve(url).ok_or("unknown")?;
    /// assert_eq!(resolved.resource.policy_id, "review");
    /// assert_eq!(resolved.item_id.as_deref(), Some("9"));
    /// assert_eq!(resolved.local_site.as_deref(), Some("acme"));
    /// assert_eq!(resolved.asks, Asks::Item);
    /// # Ok::<(), &str>(())
    /// ```
    pub fn resolve(&self, path: &str) -> Option<Resolved> {
        let path = path_of(path);
        let (local_site, segments) = split(path)?;
        let matches = self.resources().iter().flat_map(|resource| self.matches(resource, &segments)).flatten();
        let best = matches.max_by_key(|found| found.fixed_segments)?;
        Some(Resolved { resource: best.resource, item_id: best.item_id, local_site, asks: best.asks })
    }

    fn matches(&self, resource: &'static Resource, segments: &[String]) -> [Option<Match>; 2] {
        let item = resource.item_uri.and_then(|uri| self.match_uri(uri, resource, segments)).map(|fixed_segments| {
            let item_id = resource.item_key.and(item_id(resource, segments));
            Match { resource, item_id, asks: Asks::Item, fixed_segments }
        });
        let list = resource.list_uri.and_then(|uri| self.match_uri(uri, resource, segments)).map(|fixed_segments| {
            let asks = if resource.is_singleton { Asks::Item } else { Asks::List };
            Match { resource, item_id: None, asks, fixed_segments }
        });
        [item, list]
    }

    /// How many segments of `uri` that are no ids stand in `segments`; none if they do not fit.
    fn match_uri(&self, uri: &str, resource: &Resource, segments: &[String]) -> Option<usize> {
        let parts: Vec<&str> = uri.split('/').filter(|part| !part.is_empty()).collect();
        let takes_slashes = resource.item_uri == Some(uri) && resource.item_id_pattern.is_some_and(|p| p.contains('/'));
        if parts.len() != segments.len() && !(takes_slashes && segments.len() > parts.len()) {
            return None;
        }
        let mut fixed_segments = 0;
        for (index, (part, segment)) in parts.iter().zip(segments).enumerate() {
            if !part.starts_with('{') {
                fixed_segments += 1;
                if part != segment {
                    return None;
                }
                continue;
            }
            let is_own = index + 1 == parts.len();
            let pattern = if is_own { resource.item_id_pattern } else { self.pattern_of_parent(uri, part) };
            let text = if is_own { item_id(resource, segments)? } else { segment.clone() };
            if pattern.is_some_and(|pattern| !matches_pattern(pattern, &text)) {
                return None;
            }
        }
        Some(fixed_segments)
    }

    /// What the ids of the resource look like whose item is named by `part` of the URL of one of its children.
    fn pattern_of_parent(&self, uri: &str, part: &str) -> Option<&'static str> {
        let (before, _) = uri.split_once(part)?;
        let parent = self.resources().iter().find(|resource| {
            resource.item_uri.and_then(|item| item.strip_prefix(before)?.strip_prefix(part)) == Some("/")
        });
        parent.and_then(|parent| parent.item_id_pattern)
    }
}

struct Match {
    resource: &'static Resource,
    item_id: Option<String>,
    asks: Asks,
    fixed_segments: usize,
}

/// What stands in place of the last part of the item's URL, slashes included.
fn item_id(resource: &Resource, segments: &[String]) -> Option<String> {
    let parts = resource.item_uri?.split('/').filter(|part| !part.is_empty()).count();
    let own = segments.get(parts.checked_sub(1)?..)?;
    (!own.is_empty()).then(|| own.join("/"))
}

/// The path of a URL, without query and fragment.
fn path_of(url: &str) -> &str {
    let url = url.split(['?', '#']).next().unwrap_or(url);
    match url.split_once("://") {
        Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
        None => url,
    }
}

/// The Local Site, and the decoded segments from `api` on.
fn split(path: &str) -> Option<(Option<String>, Vec<String>)> {
    let segments: Vec<String> = path.split('/').filter(|segment| !segment.is_empty()).map(decode).collect();
    let mut start = segments.iter().position(|segment| segment == "api")?;
    let is_site_marker = |index: Option<usize>| index.and_then(|index| segments.get(index)).is_some_and(|s| s == "s");
    // A Local Site may itself be called `api`.
    if is_site_marker(start.checked_sub(1)) && segments.get(start + 1).is_some_and(|next| next == "api") {
        start += 1;
    }
    let local_site = if is_site_marker(start.checked_sub(2)) { segments.get(start - 1).cloned() } else { None };
    Some((local_site, segments.into_iter().skip(start).collect()))
}

/// Decodes `%41`; what is no escape, or no UTF-8 once decoded, stays as it is.
fn decode(segment: &str) -> String {
    let mut bytes = Vec::with_capacity(segment.len());
    let mut rest = segment.as_bytes();
    while let [first, after @ ..] = rest {
        let escaped = if *first == b'%' { after.split_at_checked(2) } else { None };
        let value = escaped.and_then(|(digits, _)| hexadecimal(digits));
        match (value, escaped) {
            (Some(value), Some((_, after_digits))) => {
                bytes.push(value);
                rest = after_digits;
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| segment.to_owned())
}

fn hexadecimal(digits: &[u8]) -> Option<u8> {
    let mut value = 0;
    for digit in digits {
        value = value * 16 + u8::try_from(char::from(*digit).to_digit(16)?).ok()?;
    }
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(url: &str, expected: &str) {
        let shown = Catalog::review_board_8_1().resolve(url).map(|found| {
            let item = found.item_id.map(|item_id| format!(" item {item_id}")).unwrap_or_default();
            let site = found.local_site.map(|site| format!(" site {site}")).unwrap_or_default();
            format!("{} {:?}{item}{site}", found.resource.module, found.asks)
        });
        assert_eq!(shown.as_deref().unwrap_or("nothing"), expected, "{url}");
    }

    #[test]
    fn urls_find_their_resources() {
        check("/api/", "root Item");
        check("/api", "root Item");
        check("/api/review-requests/", "review_request List");
        check("/api/review-requests/42/", "review_request Item item 42");
        check("/api/review-requests/42/reviews/draft/", "review_draft Item");
        check("/api/review-requests/42/reviews/9/replies/", "review_reply List");
        check("/api/review-requests/42/draft/", "review_request_draft Item");
        check("/api/reviews/", "root_review List");
        check("/api/users/o%27brien/watched/", "watched Item");
        check("/api/users/o%27brien/", "user Item item o'brien");
        check("/api/hosting-service-accounts/1/remote-repositories/a/b/", "remote_repository Item item a/b");
        check("/api/repositories/7/branches/", "repository_branches Item");
        check("/reviews/s/acme/api/info/?x=/api/", "server_info Item site acme");
        check("/s/api/api/session/", "session Item site api");
        check("https://example.com/api/groups/a-b#x", "review_group Item item a-b");
    }

    #[test]
    fn other_urls_find_nothing() {
        check("", "nothing");
        check("/r/42/", "nothing");
        check("/api/review-requests/abc/", "nothing");
        check("/api/review-requests/abc/reviews/", "nothing");
        check("/api/weather/", "nothing");
        check("https://example.com", "nothing");
    }
}
