//! `/tokens/client`: which token a client gets and why, before it gets it.

mod fields;
mod handed_out;
mod page;
mod preview;

pub(crate) use page::ClientTokenPage;
