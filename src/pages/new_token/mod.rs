//! `/tokens/new`: the form, and what the token will mean.

mod page;
mod summary;

pub(crate) use page::NewTokenPage;
