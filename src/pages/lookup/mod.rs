//! `/lookup`: whose token a text is, and what becomes of a login with it.

mod answer;
mod page;

pub(crate) use page::LookupPage;
