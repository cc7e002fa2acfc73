//! Changes to the text of a policy that leave everything else as its author wrote it.
//!
//! An edit is a few replacements of stretches of the text ([`TextEdit`]); outside them every byte stays.
//! Single edits remove what stands at a pointer, add a method to a list, or replace an entry; [`propose()`] finds those
//! after which one request is decided otherwise, and says what else they change.
//!
//! It leaves to others: what two policies differ in (`analyze`), and whether the server accepts a text
//! ([`check`](crate::check())).

mod add;
mod attempt;
mod collateral;
mod draft;
mod propose;
mod remove;
mod slots;
mod style;
mod target;
mod text_edit;

pub use add::add_method;
pub use attempt::EditStep;
pub use propose::{Proposal, proposals, propose};
pub use remove::{remove, replace_entry};
pub use text_edit::{TextEdit, apply};

pub(crate) use propose::proposals_for;
pub(crate) use target::Target;
