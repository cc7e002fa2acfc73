//! `/policies`: a policy’s text, what is wrong with it, and what it decides for a request.

mod page;
mod sides;
mod text;

pub(crate) use page::PoliciesPage;
