//! Tokens, users, Local Sites and the library of policies, and the workspace that the events add up to.

mod access;
mod by_policy;
mod fold;
mod fold_library;
mod fold_lifecycle;
mod guardrail;
mod library;
mod named_policy;
mod parts;
mod people;
mod policy_test;
mod settings;
mod token;
mod workspace;

pub use access::{Access, access, tokens_in_place};
pub(crate) use by_policy::by_policy;
pub use guardrail::GuardrailRecord;
pub use library::{ImportedCatalog, Library, LibraryParts, UnreadableCatalog};
pub use named_policy::{NamedPolicy, PolicyVersion};
pub use parts::{WorkspaceParts, WorkspaceRest};
pub use people::{LocalSite, User};
pub use policy_test::PolicyTest;
pub use settings::Settings;
pub use token::{EXPIRING_SOON, Standing, Token, TokenStatus};
pub use workspace::{DeletedToken, LostToken, Workspace};
