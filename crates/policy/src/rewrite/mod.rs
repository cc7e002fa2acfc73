//! Changes to the text of a policy that leave everything else as its author wrote it.
//!
//! An edit is a few replacements of stretches of the text ([`TextEdit`]); outside them every byte stays.
//! Single edits remove what stands at a pointer, add a method to a list, or replace an entry.
//! [`format()`] alone touches the whole text, and nothing but its white space.
//!
//! It leaves to others: whether the server accepts a text ([`check`](crate::check())).

mod add;
mod format;
mod remove;
mod slots;
mod style;
mod text_edit;

pub use add::add_method;
pub use format::format;
pub use remove::{remove, replace_entry};
pub use text_edit::{TextEdit, apply};
