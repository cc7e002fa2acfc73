//! `/catalog`: what can be named in a policy, on Review Board 8.1 and on any service whose catalog was imported.

mod address;
mod chosen;
mod document;
mod import;
mod offered;
mod page;
mod table;

pub(crate) use page::CatalogPage;
