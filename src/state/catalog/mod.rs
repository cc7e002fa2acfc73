//! Catalogs: which there are, which of them policies are looked at with, and how one comes in.

mod import;
mod in_use;
mod rows;
mod shelf;

pub use import::{CatalogImport, Offered};
pub use in_use::{CatalogInUse, CatalogOnOffer};
pub use rows::{CatalogRow, rows};
pub use shelf::{CatalogShelf, Renaming, WayBack};
pub use tollgate_browser::analysis::CatalogSource;

pub(in crate::state) use in_use::{in_use, named, on_offer};
