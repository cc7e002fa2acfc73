//! The library: saving policies under names, putting up guardrails, importing catalogs.
//!
//! Deciding is pure, as elsewhere. Giving tokens a policy of the library is an act on tokens: [`assign`].
//!
//! [`assign`]: crate::checked::assign

mod acts;
mod catalogs;
mod error;
mod guardrails;
mod policies;
mod save;

pub use catalogs::{NewCatalog, import_catalog, remove_catalog};
pub use error::LibraryError;
pub use guardrails::{NewGuardrail, add_guardrail, change_guardrail, remove_guardrail};
pub use policies::{archive_policy, change_policy_tests, rename_policy, restore_policy};
pub use save::{NewVersion, SaveAs, SavedPolicy, save_policy};
