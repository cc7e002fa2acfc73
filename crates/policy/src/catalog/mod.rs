//! The resources of the server that policies speak of.
//!
//! The built-in table in `review_board_8_1.rs` is written by `cargo xtask generate` from the recorded catalog.
//! Its form: a row per resource in the recorded order, four lines each, the fields in the order of `Row`;
//! absent values are `None`; a pattern with a backslash is a raw text; the module is the last part but one of the
//! recorded class; access is closed if either kind of token has none.

mod lookup;
mod pattern;
mod percent;
mod resolve;
mod resource;
mod review_board_8_1;
mod row;
mod suggest;
mod template;

pub use lookup::Catalog;
pub use resolve::{Asks, Resolved};
pub use resource::{Access, MethodsApart, Origin, Resource};

pub(crate) use pattern::matches_pattern;
