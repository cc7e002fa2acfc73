//! The dialog that gives tokens a policy, of the library or written for them, with what that changes.

mod dialog;
mod question;
mod told;

pub(super) use dialog::{Asks, AssignDialog};
