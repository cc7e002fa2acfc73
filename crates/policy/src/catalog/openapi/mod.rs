//! From an OpenAPI 3 document to a catalog, so that policies can speak of any HTTP interface.
//!
//! Each path template becomes a resource, and its last parameter the id of an item; `/things` and `/things/{id}`
//! become one. Everything that is not understood is left out with a finding; only a document without a single
//! usable path is refused. What a document means in full, its schemas and its security, is left to others.
//!
//! **Invariant:** nothing recurses and every reference is looked up in an index, so that no document, however it
//! refers to itself, takes more than n log n time.

mod document;
mod id_pattern;
mod naming;
mod path_item;
mod reader;
mod resources;

pub use document::import_openapi;
