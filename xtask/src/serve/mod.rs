//! Serves the built page on this machine, as a careful administrator's server would.

mod command;
mod file_rules;
mod site;
mod url;

pub(crate) use command::{Options, serve};
