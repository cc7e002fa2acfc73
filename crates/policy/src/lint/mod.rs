//! What is wrong, odd or pointless about a policy, and how to be rid of it in one step.
//!
//! Everything that [`check`](crate::check()) says is said here again, with fixes. Beyond that there are rules that
//! look at what an accepted policy means as a whole, on a real server: their codes begin with `P0313`.
//! Each rule is a file of `rules`; `refusals` fixes what the server refuses, `syntax` what is not JSON.
//! Finding what has no effect is left to `analyze`.

mod family;
mod finding;
mod fixes;
mod layout;
mod linter;
mod lists;
mod refusals;
mod rules;
mod subject;
mod syntax;
mod words;

pub use finding::{Finding, Fix};
pub use linter::lint;
