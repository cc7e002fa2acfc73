//! `/people`: users and Local Sites.

mod page;
mod roster;
mod sites;
mod users;

pub(crate) use page::PeoplePage;
