//! `/people`: users and Local Sites.

mod page;
mod sites;
mod users;

pub(crate) use page::PeoplePage;
