//! The resources of the server that policies speak of.
//!
//! A catalog is the recorded one of Review Board 8.1, or is imported: from the root resource of a live server
//! (`root.rs`) or from an OpenAPI document (`openapi`). What is imported can be stored and read again (`stored.rs`).
//!
//! The built-in table in `review_board_8_1.rs` is written by `cargo xtask generate` from the recorded catalog.
//! Its form: a row per resource in the recorded order, four lines each, the fields in the order of `Row`;
//! absent values are `None`; a pattern with a backslash is a raw text; the module is the last part but one of the
//! recorded class; access is closed if either kind of token has none.

mod family;
mod imported;
mod instance;
mod lookup;
mod messages;
mod openapi;
mod pattern;
mod percent;
mod resolve;
mod resource;
mod review_board_8_1;
mod root;
mod row;
mod stored;
mod suggest;
mod template;

pub use imported::Imported;
pub use lookup::Catalog;
pub use openapi::import_openapi;
pub use resolve::{Asks, Resolved};
pub use resource::{Access, MethodsApart, Origin, Resource};
pub use root::import_root;
pub use stored::{StoredCatalog, StoredCatalogError};

pub(crate) use pattern::matches_pattern;
pub(crate) use suggest::closest;
