//! Everything that CI runs, as steps in its order: cheap ones, and those likely to fail, come first.

mod browser_tests;
mod command;
mod end_to_end;
mod native;
mod step;

pub(crate) use command::{Options, test};
