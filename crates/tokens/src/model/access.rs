//! Who may see, change and delete a token.

use std::sync::Arc;

use super::{Token, User, Workspace};
use crate::ids::{SiteName, Username};

/// What a user may do with a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// See, change and delete it.
    Full,
    /// Not even see it.
    None,
}

/// What a user may do with a token: its owner and every superuser may do all, nobody else anything.
///
/// Source: the original's behavior, `token-system.md` §1. Local Site administrators get no extra rights.
#[must_use]
pub fn access(user: &User, token: &Token) -> Access {
    if user.superuser || user.username == token.owner { Access::Full } else { Access::None }
}

/// The tokens of an owner that a user sees in one place: those bound to the given Local Site, or the global ones.
///
/// No list ever mixes Local Sites; one that shows every place is as many lists. In the order of their numbers.
///
/// Source: the original's behavior, `token-system.md` §1, §8.2 and §10. Local Site administrators get no extra rights.
///
/// ```
/// # use tollgate_tokens::{Username, Workspace, tokens_in_place};
/// let (viewer, owner): (Username, Username) = ("eve".parse()?, "alice".parse()?);
/// assert_eq!(tokens_in_place(&Workspace::default(), &viewer, &owner, None).count(), 0);
/// # Ok::<(), tollgate_tokens::ParseNameError>(())
/// ```
pub fn tokens_in_place<'w>(
    workspace: &'w Workspace,
    viewer: &Username,
    owner: &'w Username,
    site: Option<&'w SiteName>,
) -> impl Iterator<Item = &'w Arc<Token>> + use<'w> {
    let viewer = workspace.user(viewer);
    let is_here = move |token: &&Arc<Token>| token.local_site.as_ref() == site;
    let may_see = move |token: &&Arc<Token>| viewer.is_some_and(|viewer| access(viewer, token) == Access::Full);
    workspace.tokens_of(owner).filter(is_here).filter(may_see)
}
