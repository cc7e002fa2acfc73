//! The operations that the console and the JavaScript module call: they refuse what is defective.

mod change;
mod client_token;
mod delete;
mod error;
mod generate;
mod invalidate;
mod rotate;
mod rotation_plan;
mod rules;
mod undo;

use std::collections::BTreeSet;

use crate::ids::TokenUid;
use crate::model::{Token, Workspace};

pub use change::{Changed, NewExpiry, TokenEdit, change};
pub use client_token::{ClientExpiry, ClientTokenOutcome, NewClientToken, client_token, preview_client_token};
pub use delete::delete;
pub use error::TokenError;
pub use generate::{Generated, NewToken, check_token_type, generate};
pub use invalidate::{InvalidateCall, Invalidated, Owners, invalidate, invalidate_one};
pub use rotate::{OVERLAPS, Rotated, Rotation, rotate, rotation_plan};
pub use rotation_plan::{ClientGets, HandedOut, RotationPlan};
pub use undo::{can_be_undone, undo};

/// The tokens of a list, each once.
fn picked<'w>(workspace: &'w Workspace, tokens: &[TokenUid]) -> Result<Vec<&'w Token>, TokenError> {
    let uids: BTreeSet<TokenUid> = tokens.iter().copied().collect();
    let find = |uid| workspace.token(uid).map(AsRef::as_ref).ok_or(TokenError::UnknownToken(uid));
    uids.into_iter().map(find).collect()
}
