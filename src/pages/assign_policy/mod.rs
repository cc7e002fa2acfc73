//! The dialog that gives tokens a policy of the library, with what that changes.

mod dialog;
mod told;

pub(super) use dialog::{Asks, AssignDialog};
