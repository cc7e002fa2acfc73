//! The Tollgate console: a Leptos app that shows what the crates decide.
//!
//! The logic is in `crates/*`: the policy language in `crates/policy`, tokens and the journal in `crates/tokens`,
//! everything that touches a browser in `crates/browser`.
//! Here, [`state`] holds signals and calls the crates, `pages` show state, and [`components`] only have props.

mod analysis;
mod app;
pub mod components;
pub mod format;
mod lazy;
mod pages;
mod services;
pub mod state;

pub use app::{App, ConsoleOn, ConsoleOnProps};
pub use services::Services;
