//! The operations that the console and the JavaScript module call: they refuse what is defective.

mod client_token;
mod error;
mod generate;
mod invalidate;
mod undo;

pub use client_token::{
    CLIENT_LIFETIME, ClientExpiry, ClientTokenOutcome, NewClientToken, client_token, preview_client_token,
};
pub use error::TokenError;
pub use generate::{DEFAULT_LIFETIME, Generated, LONGEST_LIFETIME, NewToken, check_token_type, generate};
pub use invalidate::{InvalidateCall, Invalidated, Owners, invalidate, invalidate_one};
pub use undo::undo;
