//! The catalog: all resources, and the ids that policies may name.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::resource::Resource;
use super::review_board_8_1::RESOURCES;
use super::suggest;

/// The resources of a server, and the policy ids it accepts.
#[derive(Clone, Debug)]
pub struct Catalog {
    resources: &'static [Resource],
    policy_ids: BTreeSet<Cow<'static, str>>,
}

static REVIEW_BOARD_8_1: LazyLock<Catalog> = LazyLock::new(|| Catalog {
    resources: RESOURCES,
    policy_ids: RESOURCES.iter().map(|resource| Cow::Borrowed(resource.policy_id)).collect(),
});

impl Catalog {
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
        Catalog { resources: self.resources, policy_ids }
    }

    /// All resources, parents before their children.
    pub fn resources(&self) -> &'static [Resource] {
        self.resources
    }

    /// All ids that a policy may name, in order.
    pub fn policy_ids(&self) -> impl Iterator<Item = &str> {
        self.policy_ids.iter().map(|policy_id| &**policy_id)
    }

    /// The resources that a policy id speaks of: one, or for three of the ids two.
    pub fn by_policy_id(&self, policy_id: &str) -> impl Iterator<Item = &'static Resource> {
        self.resources.iter().filter(move |resource| resource.policy_id == policy_id)
    }

    /// The resource that a module of the server defines.
    pub fn by_module(&self, module: &str) -> Option<&'static Resource> {
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
}
