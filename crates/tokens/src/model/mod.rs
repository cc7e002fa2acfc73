//! Tokens, users and Local Sites, and the workspace that the events add up to.

mod access;
mod fold;
mod parts;
mod people;
mod token;
mod workspace;

pub use access::{Access, access};
pub use parts::{WorkspaceParts, WorkspaceRest};
pub use people::{LocalSite, User};
pub use token::{EXPIRING_SOON, Standing, Token, TokenStatus};
pub use workspace::{LostToken, Workspace};
