//! The text of a policy wherever it is written: the editor, and below it what is wrong.

mod problems;
mod text;

pub(super) use problems::Problems;
pub(super) use text::{PolicyText, Room};
