//! `/policies`: a policy’s text, what is wrong with it, and what it decides for a request.

mod findings;
mod page;
mod sides;
mod text;

pub(super) use findings::{Problems, marks};
pub(crate) use page::PoliciesPage;
