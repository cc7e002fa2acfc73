//! Catalogs: which there are, which of them policies are looked at with, and how one comes in.

mod address;
mod import;
pub(super) mod in_use;
mod origin;
mod rows;
mod shelf;

pub use address::AddressFetch;
pub use import::{CatalogImport, Offered};
pub use in_use::{CatalogInUse, CatalogOnOffer};
pub use rows::{CatalogRow, rows};
pub use shelf::{CatalogShelf, Renaming, WayBack};
pub use tollgate_browser::analysis::CatalogSource;
