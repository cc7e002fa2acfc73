//! What is wrong with a policy text, where, and what to type instead.

mod code;
mod message;
mod sink;

pub use code::{Code, Severity};
pub use message::{Diagnostic, Label};

pub(crate) use message::quoted;
pub(crate) use sink::Sink;
