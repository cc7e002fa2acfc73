//! The original's operations, decision for decision, with a warning wherever it is defective.
//!
//! Nothing but tests and the checked layer calls them.
//!
//! Source: the original's behavior, `token-system.md` §3.

mod generate;
mod invalidate;
mod warning;

pub(crate) use generate::policy_column;
pub use generate::{GenerateCall, GenerateError, Made, ModelFields, generate};
pub use invalidate::{Condition, invalidate_token, invalidate_tokens};
pub(crate) use invalidate::{Filter, act_on};
pub use warning::Warning;
