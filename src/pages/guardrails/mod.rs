//! `/guardrails`: what no policy may do, or what every policy must allow.

mod demand;
mod fields;
mod list;
mod page;

pub(crate) use page::GuardrailsPage;
