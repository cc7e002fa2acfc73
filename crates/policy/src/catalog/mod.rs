//! The resources of the server that policies speak of.
//!
//! The built-in table in `review_board_8_1.rs` is written by `cargo xtask generate` from the recorded catalog.
//! Its form: a resource per element in the recorded order, four lines each, the fields in the order of [`Resource`];
//! absent values are `None`; a pattern with a backslash is a raw text; the module is the last part but one of the
//! recorded class; access is closed if either kind of token has none.

mod lookup;
mod pattern;
mod resolve;
mod resource;
mod review_board_8_1;
mod suggest;

pub use lookup::Catalog;
pub use resolve::{Asks, Resolved};
pub use resource::{Access, Resource};

pub(crate) use pattern::matches_pattern;
pub(crate) use suggest::closest;
