//! `/tokens/new`: the form, and what the token will mean.

mod fields;
mod page;
mod summary;

pub(crate) use page::NewTokenPage;
