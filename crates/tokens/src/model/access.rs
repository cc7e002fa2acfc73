//! Who may see, change and delete a token.

use super::{Token, User};

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
