//! The catalog: all resources, and the ids that policies may name.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use super::resource::Resource;
use super::review_board_8_1::ROWS;
use super::row::Row;
use super::suggest;

/// The resources of a server, and the policy ids it accepts; cheap to clone but for its ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Catalog {
    title: Cow<'static, str>,
    mount: Mount,
    resources: Arc<[Resource]>,
    policy_ids: BTreeSet<Cow<'static, str>>,
}

/// Where in a URL the templates of a catalog begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mount {
    /// At the segment `api`, behind whatever stands before it: that may name a Local Site.
    Api,
    /// At the start of the path, or behind one of these paths, each such as `/api/v1`.
    Paths(Vec<String>),
}

static REVIEW_BOARD_8_1: LazyLock<Catalog> = LazyLock::new(|| {
    let resources = ROWS.iter().map(Row::to_resource).collect();
    Catalog::new(Cow::Borrowed("Review Board 8.1"), Mount::Api, resources)
});

impl Catalog {
    /// The catalog of `resources`, whose policy ids are the ones that policies may name.
    pub(super) fn new(title: Cow<'static, str>, mount: Mount, resources: Vec<Resource>) -> Catalog {
        let policy_ids = resources.iter().map(|resource| resource.policy_id.clone()).collect();
        Catalog { title, mount, resources: resources.into(), policy_ids }
    }

    /// The 71 resources and 68 policy ids of Review Board 8.1 without extensions.
    ///
    /// ```
    /// use tollgate_policy::Catalog;
    ///
    /// assert_eq!(Catalog::review_board_8_1().resources().len(), 71);
    /// assert_eq!(Catalog::review_board_8_1().policy_ids().count(), 68);
    /// ```
    pub fn review_board_8_1() -> &'static Catalog {
        &REVIEW_BOARD_8_1
    }

    /// The same resources, with `policy_ids` as the ids that a policy may name.
    ///
    /// For servers whose extensions add resources, and for tests.
    ///
    /// ```
    /// use tollgate_policy::Catalog;
    ///
    /// let catalog = Catalog::review_board_8_1().with_policy_ids(["checklist"]);
    /// assert!(catalog.is_known("checklist"));
    /// assert!(!catalog.is_known("review"));
    /// ```
    #[must_use]
    pub fn with_policy_ids<Id: Into<String>>(&self, policy_ids: impl IntoIterator<Item = Id>) -> Catalog {
        let policy_ids = policy_ids.into_iter().map(|policy_id| Cow::<'static, str>::Owned(policy_id.into())).collect();
        Catalog { policy_ids, ..self.clone() }
    }

    /// What the catalog is of, such as `Review Board 8.1`, in the words of whoever published it; may be empty.
    ///
    /// ```
    /// use tollgate_policy::Catalog;
    ///
    /// assert_eq!(Catalog::review_board_8_1().title(), "Review Board 8.1");
    /// ```
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The same catalog under another title.
    ///
    /// ```
    /// use tollgate_policy::Catalog;
    ///
    /// let catalog = Catalog::review_board_8_1().with_title("reviews.example.com");
    /// assert_eq!(catalog.title(), "reviews.example.com");
    /// ```
    #[must_use]
    pub fn with_title(&self, title: impl Into<String>) -> Catalog {
        Catalog { title: Cow::Owned(title.into()), ..self.clone() }
    }

    /// All resources, parents before their children.
    pub fn resources(&self) -> &[Resource] {
        &self.resources
    }

    /// All ids that a policy may name, in order.
    pub fn policy_ids(&self) -> impl Iterator<Item = &str> {
        self.policy_ids.iter().map(|policy_id| &**policy_id)
    }

    /// The resources that a policy id speaks of: one, or for three of Review Board's ids two.
    pub fn by_policy_id(&self, policy_id: &str) -> impl Iterator<Item = &Resource> {
        self.resources.iter().filter(move |resource| resource.policy_id == policy_id)
    }

    /// The resource that a module of the server defines.
    pub fn by_module(&self, module: &str) -> Option<&Resource> {
        self.resources.iter().find(|resource| resource.module == module)
    }

    /// Whether a policy may name this id; `*` is none of them.
    pub fn is_known(&self, policy_id: &str) -> bool {
        self.policy_ids.contains(policy_id)
    }

    /// The known id that was probably meant, if one is close.
    ///
    /// Costs a comparison with every known id.
    ///
    /// ```
    /// use tollgate_policy::Catalog;
    ///
    /// let catalog = Catalog::review_board_8_1();
    /// assert_eq!(catalog.suggest("reviw-requests"), Some("review_request"));
    /// assert_eq!(catalog.suggest("weather"), None);
    /// ```
    pub fn suggest(&self, policy_id: &str) -> Option<&str> {
        suggest::closest(policy_id, self.policy_ids())
    }

    pub(super) fn mount(&self) -> &Mount {
        &self.mount
    }
}
