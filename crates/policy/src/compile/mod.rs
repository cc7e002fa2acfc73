//! Policies prepared for many decisions.

mod compiled;
mod methods;

pub use compiled::CompiledPolicy;
