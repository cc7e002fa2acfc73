//! What the tests of every crate share: steady clocks and entropy, a manager in memory, and words of a made-up service.

pub mod made_up;
mod steady;

pub use steady::{CountingEntropy, SteadyClock, identity, memory_manager, memory_manager_on, noon};
