//! Adding, changing and removing users and Local Sites.

use crate::event::{EventBody, UserRecord};
use crate::ids::{SiteName, Username};
use crate::model::Workspace;

/// What a user may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Powers {
    /// May log in.
    pub active: bool,
    /// May see and change everybody's tokens.
    pub superuser: bool,
}

impl Default for Powers {
    fn default() -> Self {
        Self { active: true, superuser: false }
    }
}

/// Why a user or site was not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PeopleError {
    /// The user is there already.
    #[error("the user `{0}` is there already")]
    UserExists(Username),
    /// There is no such user.
    #[error("there is no user `{0}`")]
    UnknownUser(Username),
    /// The user owns tokens.
    #[error("the user `{name}` owns {tokens} tokens")]
    UserOwnsTokens {
        /// The user.
        name: Username,
        /// How many tokens.
        tokens: usize,
    },
    /// The site is there already.
    #[error("the Local Site `{0}` is there already")]
    SiteExists(SiteName),
    /// There is no such site.
    #[error("there is no Local Site `{0}`")]
    UnknownSite(SiteName),
    /// Tokens are bound to the site.
    #[error("{tokens} tokens are bound to the Local Site `{name}`")]
    SiteHasTokens {
        /// The site.
        name: SiteName,
        /// How many tokens.
        tokens: usize,
    },
    /// Nothing would change.
    #[error("the user `{0}` is like that already")]
    Unchanged(Username),
}

impl PeopleError {
    /// A stable code, for documents and searches.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::UserExists(_) => "U0101",
            Self::UnknownUser(_) => "U0102",
            Self::UserOwnsTokens { .. } => "U0103",
            Self::SiteExists(_) => "U0201",
            Self::UnknownSite(_) => "U0202",
            Self::SiteHasTokens { .. } => "U0203",
            Self::Unchanged(_) => "U0104",
        }
    }

    /// What to do about it.
    #[must_use]
    pub const fn help(&self) -> &'static str {
        match self {
            Self::UserExists(_) | Self::SiteExists(_) => "choose another name",
            Self::UnknownUser(_) | Self::UnknownSite(_) => "reload the list; another tab may have removed it",
            Self::UserOwnsTokens { .. } => "make the user inactive instead: the record of the tokens stays",
            Self::SiteHasTokens { .. } => "a site that tokens are bound to stays",
            Self::Unchanged(_) => "nothing needs doing",
        }
    }
}

type Decided = Result<(Vec<EventBody>, ()), PeopleError>;

/// Decides a new user.
///
/// # Errors
///
/// [`PeopleError::UserExists`].
pub fn add_user(workspace: &Workspace, user: &UserRecord) -> Decided {
    match workspace.user(&user.username) {
        Some(_) => Err(PeopleError::UserExists(user.username.clone())),
        None => Ok((vec![EventBody::UserAdded(user.clone())], ())),
    }
}

/// Decides a change of what a user may do.
///
/// # Errors
///
/// [`PeopleError::UnknownUser`], or [`PeopleError::Unchanged`].
pub fn change_user(workspace: &Workspace, user: &UserRecord) -> Decided {
    match workspace.user(&user.username) {
        None => Err(PeopleError::UnknownUser(user.username.clone())),
        Some(known) if known.active == user.active && known.superuser == user.superuser => {
            Err(PeopleError::Unchanged(user.username.clone()))
        }
        Some(_) => Ok((vec![EventBody::UserChanged(user.clone())], ())),
    }
}

/// Decides the removal of a user who owns no token.
///
/// # Errors
///
/// [`PeopleError::UnknownUser`], or [`PeopleError::UserOwnsTokens`].
// DIFFERENCE: the original deletes the user's tokens along; here their record would be lost with them.
pub fn remove_user(workspace: &Workspace, name: &Username) -> Decided {
    if workspace.user(name).is_none() {
        return Err(PeopleError::UnknownUser(name.clone()));
    }
    match workspace.tokens_of(name).count() {
        0 => Ok((vec![EventBody::UserRemoved(name.clone())], ())),
        tokens => Err(PeopleError::UserOwnsTokens { name: name.clone(), tokens }),
    }
}

/// Decides a new Local Site.
///
/// # Errors
///
/// [`PeopleError::SiteExists`].
pub fn add_site(workspace: &Workspace, name: &SiteName) -> Decided {
    if workspace.has_site(name) {
        return Err(PeopleError::SiteExists(name.clone()));
    }
    Ok((vec![EventBody::SiteAdded(name.clone())], ()))
}

/// Decides the removal of a Local Site that no token is bound to.
///
/// # Errors
///
/// [`PeopleError::UnknownSite`], or [`PeopleError::SiteHasTokens`].
pub fn remove_site(workspace: &Workspace, name: &SiteName) -> Decided {
    if !workspace.has_site(name) {
        return Err(PeopleError::UnknownSite(name.clone()));
    }
    match workspace.tokens().filter(|token| token.local_site.as_ref() == Some(name)).count() {
        0 => Ok((vec![EventBody::SiteRemoved(name.clone())], ())),
        tokens => Err(PeopleError::SiteHasTokens { name: name.clone(), tokens }),
    }
}
