//! What no policy may do, whoever wrote it: limits that hold for many tokens at once.
//!
//! A [`Guardrail`] says that some tokens may never, or must always be able to, do something.
//! [`breach()`] looks whether a policy keeps to it, at every request there is and not at samples, and shows one request
//! where it does not.
//!
//! It leaves to others: which tokens there are, and what happens when a guardrail is breached.

mod breach;
mod demand;
mod sentence;
mod stored;

pub use breach::{Breach, breach};
pub use demand::{Choice, Guardrail, GuardrailError, Items, Rule, Scope, Target};
