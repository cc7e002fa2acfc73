//! Decisions: what they are, how the language defines them, and what the server makes of them.

mod decision;
mod gate;
pub mod reference;

pub use decision::{Decision, Effect, PrecedenceRow, RuleRef};
pub use gate::{GateDecision, GateNote, GateOutcome, Request, gate};
