//! Logging in with a token, decided as the original does: what a header holds, what becomes of it, and on which site.
//!
//! What a server alone knows is left to it: passwords, cookies, who has access to a Local Site, and how often a login
//! failed. Nothing here changes anything; who logged in is told to nobody but the caller.
//!
//! Source: the original's behavior, `token-system.md` §6.

mod admission;
mod header;
mod outcome;
mod pasted;
mod server_words;

pub use admission::{Admission, RequestPlace, admit};
pub use header::Credential;
pub use outcome::{Authentication, LoginAttempt, LoginLimit, authenticate, authenticate_by_digest};
pub use pasted::Pasted;
pub use server_words::server_date;
