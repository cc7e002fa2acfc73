//! Tokens, users and Local Sites, and the workspace that the events add up to.

mod access;
mod fold;
mod fold_lifecycle;
mod parts;
mod people;
mod settings;
mod token;
mod workspace;

pub use access::{Access, access, tokens_in_place};
pub use parts::{WorkspaceParts, WorkspaceRest};
pub use people::{LocalSite, User};
pub use settings::Settings;
pub use token::{EXPIRING_SOON, Standing, Token, TokenStatus};
pub use workspace::{DeletedToken, LostToken, Workspace};
