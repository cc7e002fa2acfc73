//! What the tests of every crate share: steady clocks and entropy, and a manager in memory.

mod steady;

pub use steady::{CountingEntropy, SteadyClock, identity, memory_manager, memory_manager_on, noon};
