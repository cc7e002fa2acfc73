//! One resource of the server.

use serde::Serialize;

/// Whether requests with tokens are let in at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Access {
    /// The policy decides.
    Open,
    /// Every request with a token is denied.
    Closed,
}

/// One resource of the server's HTTP interface, at one place in its URLs.
///
/// Two resources may share a policy id; the module tells them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Resource {
    /// The name under which policies speak of it.
    pub policy_id: &'static str,
    /// Its name in the server's answers.
    pub name: &'static str,
    /// The same for many.
    pub name_plural: &'static str,
    /// The server's module that defines it; unique.
    pub module: &'static str,
    /// The name of the resource it belongs to.
    pub parent: Option<&'static str>,
    /// The URL of its list, or of itself if there is only one; parts in braces stand for ids.
    pub list_uri: Option<&'static str>,
    /// The URL of one item.
    pub item_uri: Option<&'static str>,
    /// The part of the item's URL that rules for single ids are compared with.
    pub item_key: Option<&'static str>,
    /// What ids look like, as one character class with a count.
    pub item_id_pattern: Option<&'static str>,
    /// The methods it implements, on its list or its items.
    pub methods: &'static [&'static str],
    /// Whether there is only one, without a list.
    pub is_singleton: bool,
    /// Whether tokens are let in.
    pub token_access: Access,
}

impl Resource {
    /// Whether it implements `method`, in this very spelling; others are answered with 405.
    pub fn implements(&self, method: &str) -> bool {
        self.methods.contains(&method)
    }

    /// The URL of its list, if it has one that can be read.
    ///
    /// ```
    /// use tollgate_policy::Catalog;
    ///
    /// let review = Catalog::review_board_8_1().by_policy_id("repository").next();
    /// assert_eq!(review.and_then(|review| review.readable_list()), Some("/api/repositories/"));
    /// ```
    pub fn readable_list(&self) -> Option<&'static str> {
        self.list_uri.filter(|_| !self.is_singleton && self.implements("GET"))
    }

    /// The policy id as words for many of it, such as "review diff comments".
    ///
    /// ```
    /// use tollgate_policy::Catalog;
    ///
    /// let reply = Catalog::review_board_8_1().by_policy_id("review_reply").next();
    /// assert_eq!(reply.map(|reply| reply.plural_words()).as_deref(), Some("review replies"));
    /// ```
    pub fn plural_words(&self) -> String {
        let plural = match self.policy_id.strip_suffix(self.name) {
            Some(before) => format!("{before}{}", self.name_plural),
            None => format!("{}s", self.policy_id),
        };
        plural.replace('_', " ")
    }
}
