//! One resource of a server.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// Whether requests with tokens are let in at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Access {
    /// The policy decides.
    Open,
    /// Every request with a token is denied.
    Closed,
}

/// Where a catalog knows a resource from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Origin {
    /// Recorded from Review Board 8.1 itself.
    Recorded,
    /// Named by a server's root resource, at URLs of its own; its methods are those recorded under the same name.
    Announced,
    /// Named by a server's root resource and recorded nowhere: its methods are assumed to be all there are.
    Assumed,
    /// Described by an OpenAPI document.
    #[serde(rename = "openapi")]
    OpenApi,
}

/// The methods of a resource, told apart by what they are about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MethodsApart {
    /// Those of the list.
    pub list: Vec<Cow<'static, str>>,
    /// Those of one item.
    pub item: Vec<Cow<'static, str>>,
}

/// One resource of a server's HTTP interface, at one place in its URLs.
///
/// Two resources may share a policy id; the module tells them apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Resource {
    /// The name under which policies speak of it.
    pub policy_id: Cow<'static, str>,
    /// Its name in the server's answers; the policy id where there is none.
    pub name: Cow<'static, str>,
    /// The same for many.
    pub name_plural: Cow<'static, str>,
    /// The server's module that defines it, or else the template of its URL; unique.
    pub module: Cow<'static, str>,
    /// The name of the resource it belongs to.
    pub parent: Option<Cow<'static, str>>,
    /// The URL of its list, or of itself if there is only one; parts in braces stand for ids.
    pub list_uri: Option<Cow<'static, str>>,
    /// The URL of one item.
    pub item_uri: Option<Cow<'static, str>>,
    /// The part of the item's URL that rules for single ids are compared with.
    pub item_key: Option<Cow<'static, str>>,
    /// What ids look like, as one character class with a count.
    pub item_id_pattern: Option<Cow<'static, str>>,
    /// The methods it implements, on its list or its items.
    pub methods: Vec<Cow<'static, str>>,
    /// The same for list and items apart, where that is known.
    pub methods_apart: Option<MethodsApart>,
    /// Whether there is only one, without a list.
    pub is_singleton: bool,
    /// Whether tokens are let in.
    pub token_access: Access,
    /// What it is for, in the words of its document.
    pub summary: Option<Cow<'static, str>>,
    /// Where it is known from.
    pub origin: Origin,
}

impl Resource {
    /// Whether it implements `method`, in this very spelling; others are answered with 405.
    ///
    /// ```
    /// use tollgate_policy::Catalog;
    ///
    /// let info = Catalog::review_board_8_1().by_policy_id("server_info").next().ok_or("gone")?;
    /// assert!(info.implements("GET") && !info.implements("PUT"));
    /// # Ok::<(), &str>(())
    /// ```
    pub fn implements(&self, method: &str) -> bool {
        self.methods.iter().any(|known| known == method)
    }

    /// Whether `method` may be about a single item, so that rules for its id count.
    ///
    /// Where the methods of list and items are not known apart, POST is taken for one of the list, as it is with
    /// Review Board.
    ///
    /// ```
    /// use tollgate_policy::Catalog;
    ///
    /// let webhook = Catalog::review_board_8_1().by_policy_id("webhook").next().ok_or("gone")?;
    /// assert!(webhook.is_about_items("DELETE") && !webhook.is_about_items("POST"));
    /// # Ok::<(), &str>(())
    /// ```
    pub fn is_about_items(&self, method: &str) -> bool {
        let is_on_items = match &self.methods_apart {
            Some(apart) => apart.item.iter().any(|known| known == method),
            None => method != "POST",
        };
        is_on_items && self.item_uri.is_some() && !self.is_singleton
    }

    /// Whether `method` may come without the id of an item: about the list, or about the only one there is.
    ///
    /// Where the methods of list and items are not known apart, GET and POST are taken for those of the list.
    ///
    /// ```
    /// use tollgate_policy::Catalog;
    ///
    /// let webhook = Catalog::review_board_8_1().by_policy_id("webhook").next().ok_or("gone")?;
    /// assert!(webhook.may_lack_id("POST") && !webhook.may_lack_id("DELETE"));
    /// # Ok::<(), &str>(())
    /// ```
    pub fn may_lack_id(&self, method: &str) -> bool {
        let is_on_list = match &self.methods_apart {
            Some(apart) => apart.list.iter().any(|known| known == method),
            None => matches!(method, "GET" | "POST"),
        };
        self.is_singleton || (is_on_list && self.list_uri.is_some())
    }

    /// Whether its methods are assumed and not known, so that nothing follows from one being listed.
    ///
    /// ```
    /// use tollgate_policy::Catalog;
    ///
    /// assert!(Catalog::review_board_8_1().resources().iter().all(|resource| !resource.has_assumed_methods()));
    /// ```
    pub fn has_assumed_methods(&self) -> bool {
        self.origin == Origin::Assumed
    }

    /// The URL of its list, if it has one that can be read.
    ///
    /// ```
    /// use tollgate_policy::Catalog;
    ///
    /// let review = Catalog::review_board_8_1().by_policy_id("repository").next();
    /// assert_eq!(review.and_then(|review| review.readable_list()), Some("/api/repositories/"));
    /// ```
    pub fn readable_list(&self) -> Option<&str> {
        self.list_uri.as_deref().filter(|_| !self.is_singleton && self.implements("GET"))
    }

    /// The URL of its list, if it can be read and the server answers 500 as soon as a policy has rules for single
    /// ids of the resource, as Review Board 8.1 does.
    ///
    /// ```
    /// use tollgate_policy::{Catalog, import_openapi};
    ///
    /// let repository = Catalog::review_board_8_1().by_policy_id("repository").next().ok_or("gone")?;
    /// assert_eq!(repository.fragile_list(), Some("/api/repositories/"));
    ///
    /// let text = r#"{"openapi": "3.0.0", "paths": {"/pets": {"get": {}}, "/pets/{id}": {"get": {}}}}"#;
    /// let catalog = import_openapi(text).into_catalog().ok_or("refused")?;
    /// assert_eq!(catalog.resources()[0].fragile_list(), None);
    /// # Ok::<(), &str>(())
    /// ```
    pub fn fragile_list(&self) -> Option<&str> {
        self.readable_list().filter(|_| self.origin != Origin::OpenApi)
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
        let plural = match self.policy_id.strip_suffix(&*self.name) {
            Some(before) => format!("{before}{}", self.name_plural),
            None => format!("{}s", self.policy_id),
        };
        plural.replace('_', " ")
    }
}
