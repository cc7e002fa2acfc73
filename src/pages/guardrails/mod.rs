//! `/guardrails`: what no policy may do, or what every policy must allow.

mod fields;
mod list;
mod page;

pub(crate) use page::GuardrailsPage;
