//! Who may own a token and where it may work, for the forms that ask.

use leptos::prelude::*;
use tollgate_tokens::{SiteName, Username};

use super::Console;

/// Every owner and site that a form can offer.
impl Console {
    /// The names of the active users.
    #[must_use]
    pub fn active_users(self) -> Vec<Username> {
        self.workspace()
            .with(|workspace| workspace.users().filter(|user| user.active).map(|user| user.username.clone()).collect())
    }

    /// The name that a form begins with: the first active user's, or none.
    #[must_use]
    pub fn first_user(self) -> String {
        untrack(|| self.active_users()).first().map(ToString::to_string).unwrap_or_default()
    }

    /// The names of the Local Sites.
    #[must_use]
    pub fn sites(self) -> Vec<SiteName> {
        self.workspace().with(|workspace| workspace.sites().map(|site| site.name.clone()).collect())
    }
}
