//! Tokens of clients: which one is handed out, when one is made, and what is refused.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test stops where it cannot go on")]

mod checked;
mod compatible;
mod stored;
