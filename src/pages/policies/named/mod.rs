//! The head of a policy of the library: what it is, its versions, who uses it, and the acts on it.

mod bar;
mod head;
mod rename;
mod standing;
mod unknown;
mod uses;
mod versions;

pub(super) use head::NamedHead;
pub(super) use unknown::UnknownPolicy;
