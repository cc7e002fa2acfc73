//! `/library`: policies under names, and what there is to start from.

mod filter;
mod page;
mod rows;
mod templates;

pub(crate) use page::LibraryPage;
