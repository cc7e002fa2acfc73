//! The original's operations, decision for decision, with a warning wherever it is defective.
//!
//! Nothing but tests and the checked layer calls them.
//!
//! Source: the original's behavior, `token-system.md` §3.

mod client_choice;
mod client_token;
mod generate;
mod invalidate;
mod save;
mod warning;

pub use client_choice::{CLIENT_NAME, ClientTokenChoice, ClientTokenPreview, PassedOver, PlannedToken};
pub(crate) use client_choice::{SiteRule, Uncertain, Wanted};
pub(crate) use client_token::valid_until;
pub use client_token::{
    ClientDefault, ClientExpires, ClientToken, ClientTokenCall, ClientTokenError, ClientTokenServer,
    ClientTokenSetting, get_or_create_client_token, preview_client_token,
};
pub(crate) use generate::policy_column;
pub use generate::{GenerateCall, GenerateError, Made, ModelFields, generate};
pub use invalidate::{Condition, invalidate_token, invalidate_tokens};
pub(crate) use invalidate::{Filter, act_on};
pub use save::{Column, Columns, Saved, delete, record_use, save};
pub use warning::Warning;
