//! A text from the address of a server, which a person typed: asked for once, never sent on, and never more than a page
//! can hold.
//!
//! Where the page may ask at all is for the policy that it is served with to say; a refusal is an error of its own.
//! Redirects are not followed: they could lead to a place that nobody typed, and the page is not told where.

mod address;
mod error;
mod policy_watch;
mod text_fetch;

pub use error::FetchError;
pub use text_fetch::TextFetch;
