//! `/tokens/new`: the form, what the token will mean, and the secret once.

mod fields;
mod page;
mod secret;
mod summary;

pub(crate) use page::NewTokenPage;
