//! Where a token that logged in may be used.

use crate::ids::SiteName;
use crate::model::{Token, Workspace};

/// Which part of a server a request is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RequestPlace {
    /// No Local Site.
    Root,
    /// A Local Site, the URLs below `/s/` and its name.
    Site(SiteName),
}

/// Whether a token that logged in may be used for a request, as far as its site decides it.
///
/// Logging in comes first: whatever is said here, the token counts as used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Admission {
    /// It may, and its policy decides the rest.
    Admitted,
    /// It may if its owner has access to this Local Site: as a member, as staff, or because the site is public.
    ///
    /// A workspace does not know who has access, so this is left to the server.
    IfMember(SiteName),
    /// It may not: it is bound to a Local Site, and the request is for another one or for none.
    WrongSite {
        /// The site that the token is bound to.
        bound_to: SiteName,
    },
    /// There is no such Local Site here, so there is nothing to ask for.
    UnknownSite(SiteName),
}

/// Says whether a token that logged in may be used in a place.
///
/// A global token is not limited to the root, while a token of a Local Site is limited to it. That there is no such
/// site is told before that it is the wrong one.
#[must_use]
pub fn admit(workspace: &Workspace, token: &Token, place: &RequestPlace) -> Admission {
    match (place, &token.local_site) {
        (RequestPlace::Root, None) => Admission::Admitted,
        (RequestPlace::Root, Some(bound_to)) => Admission::WrongSite { bound_to: bound_to.clone() },
        (RequestPlace::Site(site), _) if !workspace.has_site(site) => Admission::UnknownSite(site.clone()),
        (RequestPlace::Site(site), Some(bound_to)) if bound_to != site => {
            Admission::WrongSite { bound_to: bound_to.clone() }
        }
        (RequestPlace::Site(site), _) => Admission::IfMember(site.clone()),
    }
}

impl Admission {
    /// A stable code, for documents and searches.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Admitted => "L0201",
            Self::IfMember(_) => "L0202",
            Self::WrongSite { .. } => "L0203",
            Self::UnknownSite(_) => "L0204",
        }
    }

    /// Whether the request is refused, whoever the owner is.
    #[must_use]
    pub const fn is_refused(&self) -> bool {
        matches!(self, Self::WrongSite { .. } | Self::UnknownSite(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checked::NewToken;
    use crate::journal::Journal as _;
    use crate::people::Powers;
    use crate::test_support::memory_manager;

    #[track_caller]
    fn check(bound_to: Option<&str>, place: Option<&str>, code: &str) {
        let manager = memory_manager();
        let token = pollster::block_on(async {
            for site in ["acme", "globex"] {
                manager.add_site(site.parse().unwrap()).await.unwrap();
            }
            manager.add_user("alice".parse().unwrap(), Powers::default()).await.unwrap();
            let local_site = bound_to.map(|site| site.parse().unwrap());
            manager.generate(NewToken { local_site, ..NewToken::for_owner("alice".parse().unwrap()) }).await.unwrap()
        });
        let workspace = manager.journal().read(|ledger| ledger.workspace().clone());
        let place = place.map_or(RequestPlace::Root, |site| RequestPlace::Site(site.parse().unwrap()));
        let admission = admit(&workspace, workspace.token(token.uid).unwrap(), &place);
        assert_eq!(admission.code(), code, "{admission:?}");
        assert_eq!(admission.is_refused(), ["L0203", "L0204"].contains(&code));
    }

    #[test]
    fn a_global_token_is_used_everywhere() {
        check(None, None, "L0201");
        check(None, Some("acme"), "L0202");
        check(None, Some("nowhere"), "L0204");
    }

    #[test]
    fn a_token_of_a_site_is_used_there_alone() {
        check(Some("acme"), Some("acme"), "L0202");
        check(Some("acme"), None, "L0203");
        check(Some("acme"), Some("globex"), "L0203");
        check(Some("acme"), Some("nowhere"), "L0204");
    }
}
