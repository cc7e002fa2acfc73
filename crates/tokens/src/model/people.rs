//! Users and Local Sites.

use serde::{Deserialize, Serialize};

use crate::ids::{SiteName, Username};

/// Somebody who owns tokens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct User {
    /// The login name.
    pub username: Username,
    /// May log in.
    pub active: bool,
    /// May see and change everybody's tokens.
    pub superuser: bool,
}

/// A partition of one server; a token bound to it works only there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocalSite {
    /// Its name, part of every URL below `/s/`.
    pub name: SiteName,
}
