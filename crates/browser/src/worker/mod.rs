//! What all of our dedicated workers share: how the page starts one and asks it, and how one listens and answers.

mod link;
mod message;
mod scope;

pub(crate) use link::{LinkError, WorkerLink};
pub(crate) use message::field;
pub(crate) use scope::{Question, listen};
