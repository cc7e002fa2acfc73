//! `/tokens`: the list, with filter, views, selection and the panel of one token.

mod bulk;
mod bulk_preview;
mod bulk_questions;
mod filter;
mod page;
mod rows;

pub(crate) use page::TokensPage;
