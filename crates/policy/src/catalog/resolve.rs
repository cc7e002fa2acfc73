//! From a URL to the resource it asks for.

use serde::Serialize;

use super::lookup::{Catalog, Mount};
use super::pattern::matches_pattern;
use super::percent::decode;
use super::resource::{Origin, Resource};
use super::template::{Fit, Rank, Slashes, Template};

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
pub struct Resolved<'c> {
    /// The resource.
    pub resource: &'c Resource,
    /// The id of the item, decoded; none for lists and for resources without items.
    pub item_id: Option<String>,
    /// The Local Site of the URL; only servers of Review Board's kind have them.
    pub local_site: Option<String>,
    /// Whether it asks for a list.
    pub asks: Asks,
}

impl Catalog {
    /// The resource that a URL or its path asks for; none if no resource matches.
    ///
    /// Query and fragment are left out, and a missing slash at the end is forgiven.
    /// With Review Board, whatever stands before `api` is taken for the place where the server is mounted; with an
    /// OpenAPI document, the path may begin with that of one of its servers.
    /// Of several resources that match, the one with most fixed segments is taken.
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
    pub fn resolve(&self, path: &str) -> Option<Resolved<'_>> {
        self.places(path_of(path)).into_iter().find_map(|place| self.resolve_at(place))
    }

    fn resolve_at(&self, place: Place) -> Option<Resolved<'_>> {
        let Place { local_site, segments } = place;
        let matches = self.resources().iter().flat_map(|resource| self.matches(resource, &segments)).flatten();
        let best = matches.max_by_key(|found| found.rank)?;
        Some(Resolved { resource: best.resource, item_id: best.item_id, local_site, asks: best.asks })
    }

    /// Where in a path the templates of this catalog may begin, the likeliest place first.
    fn places(&self, path: &str) -> Vec<Place> {
        let segments: Vec<String> = parts_of(path).map(decode).collect();
        match self.mount() {
            Mount::Api => behind_api(segments).into_iter().collect(),
            Mount::Paths(bases) => {
                let behind = bases.iter().filter_map(|base| {
                    let base: Vec<String> = parts_of(base).map(decode).collect();
                    segments.strip_prefix(base.as_slice()).map(<[String]>::to_vec)
                });
                let behind: Vec<Vec<String>> = behind.collect();
                let all = std::iter::once(segments).chain(behind);
                all.map(|segments| Place { local_site: None, segments }).collect()
            }
        }
    }

    fn matches<'c>(&'c self, resource: &'c Resource, segments: &[String]) -> [Option<Match<'c>>; 2] {
        let item = resource.item_uri.as_deref().and_then(|uri| {
            let (rank, item_id) = self.match_item(uri, resource, segments)?;
            Some(Match { resource, item_id, asks: Asks::Item, rank })
        });
        let list = resource.list_uri.as_deref().and_then(|uri| {
            let fit = Template::parse(uri).ok()?.fit(segments, Slashes::Separate)?;
            let asks = if resource.is_singleton { Asks::Item } else { Asks::List };
            self.admits(uri, &fit.values).then_some(Match { resource, item_id: None, asks, rank: fit.rank })
        });
        [item, list]
    }

    /// How closely the URL of an item fits, and the item's id.
    fn match_item(&self, uri: &str, resource: &Resource, segments: &[String]) -> Option<(Rank, Option<String>)> {
        let pattern = resource.item_id_pattern.as_deref();
        // Between two slashes of an OpenAPI path there is always one parameter, whatever its pattern says.
        let may_join = resource.origin != Origin::OpenApi && pattern.is_some_and(|pattern| pattern.contains('/'));
        let slashes = if may_join { Slashes::Join } else { Slashes::Separate };
        let Fit { mut values, rank } = Template::parse(uri).ok()?.fit(segments, slashes)?;
        let own = if resource.item_key.is_some() { values.pop() } else { None };
        let item_id = own.map(|(_, item_id)| item_id);
        let fits = match (pattern, &item_id) {
            (Some(pattern), Some(item_id)) => matches_pattern(pattern, item_id),
            _ => true,
        };
        (fits && self.admits(uri, &values)).then_some((rank, item_id))
    }

    /// Whether the ids of the resources above look like ids of theirs: `values` are those of the first parameters.
    fn admits(&self, uri: &str, values: &[(&str, String)]) -> bool {
        let mut end = 0;
        values.iter().all(|(name, value)| {
            let parameter = format!("{{{name}}}");
            let Some(place) = uri.get(end..).and_then(|rest| rest.find(&parameter)) else { return true };
            end += place + parameter.len();
            let pattern = uri.get(..end).and_then(|above| self.pattern_of_item(above));
            pattern.is_none_or(|pattern| matches_pattern(pattern, value))
        })
    }

    /// What the ids of the resource look like whose items have this URL, written without a slash at its end.
    fn pattern_of_item(&self, uri: &str) -> Option<&str> {
        let has_uri = |item: &str| item.trim_end_matches('/') == uri;
        let resource = self.resources().iter().find(|resource| resource.item_uri.as_deref().is_some_and(has_uri))?;
        resource.item_id_pattern.as_deref()
    }
}

/// The segments of a path from where a template may begin.
struct Place {
    local_site: Option<String>,
    segments: Vec<String>,
}

struct Match<'c> {
    resource: &'c Resource,
    item_id: Option<String>,
    asks: Asks,
    rank: Rank,
}

/// The path of a URL, without query and fragment.
pub(super) fn path_of(url: &str) -> &str {
    let url = url.split(['?', '#']).next().unwrap_or(url);
    match url.split_once("://") {
        Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
        None => url,
    }
}

/// The segments of a path as they are written.
pub(super) fn parts_of(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|part| !part.is_empty())
}

/// The place of the segment `api`, at which Review Board's templates begin.
pub(super) fn api_start<Part: AsRef<str>>(parts: &[Part]) -> Option<usize> {
    let is = |index: usize, word: &str| parts.get(index).is_some_and(|part| part.as_ref() == word);
    let start = parts.iter().position(|part| part.as_ref() == "api")?;
    // A Local Site may itself be called `api`.
    let is_site = start.checked_sub(1).is_some_and(|before| is(before, "s")) && is(start + 1, "api");
    Some(if is_site { start + 1 } else { start })
}

/// The segments from `api` on, and the Local Site before it.
fn behind_api(segments: Vec<String>) -> Option<Place> {
    let start = api_start(&segments)?;
    let has_site = start.checked_sub(2).and_then(|index| segments.get(index)).is_some_and(|marker| marker == "s");
    let local_site = if has_site { segments.get(start - 1).cloned() } else { None };
    Some(Place { local_site, segments: segments.into_iter().skip(start).collect() })
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
        check("/api/search/", "search Item");
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
