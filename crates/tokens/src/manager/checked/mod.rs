//! The operations that the console and the JavaScript module call: they refuse what is defective.

mod assign;
mod change;
mod client_token;
mod delete;
mod error;
mod generate;
mod guardrails;
mod import;
mod invalidate;
mod reveal;
mod rotate;
mod rotation_plan;
mod rules;
mod trust;
mod undo;

pub use assign::{Assigned, Assignment, NewPolicy, PolicyEffect, assign, preview_assignment};
pub use change::{Changed, NewExpiry, TokenEdit, change};
pub use client_token::{ClientExpiry, ClientTokenOutcome, NewClientToken, client_token, preview_client_token};
pub use delete::delete;
pub use error::TokenError;
pub use generate::{Generated, NewToken, check_token_type, generate};
pub use guardrails::{GuardrailBreach, Holder, breached_by};
pub use import::{ImportBreaches, import, import_breaches};
pub use invalidate::{InvalidateCall, Invalidated, Owners, invalidate, invalidate_one};
pub use reveal::reveal;
pub use rotate::{OVERLAPS, Rotated, Rotation, rotate, rotation_plan};
pub use rotation_plan::{ClientGets, HandedOut, RotationPlan};
pub use rules::held_text;
pub use trust::trust;
pub use undo::{can_be_undone, undo};
