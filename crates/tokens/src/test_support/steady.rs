//! Steady clocks and entropy, and a manager in memory.

use std::cell::Cell;
use std::rc::Rc;

use crate::chain::Identity;
use crate::generator::GeneratorRegistry;
use crate::ids::{Epoch, ReplicaId};
use crate::journal::{MemoryJournal, MemoryStorage};
use crate::manager::Manager;
use crate::ports::{Clock, Entropy, EntropyError};
use crate::time::Timestamp;

/// A clock that stands still until it is moved.
#[derive(Debug)]
pub struct SteadyClock(Cell<Timestamp>);

impl SteadyClock {
    /// A clock that shows this instant.
    #[must_use]
    pub fn at(now: Timestamp) -> Self {
        Self(Cell::new(now))
    }

    /// Moves the clock.
    pub fn set(&self, now: Timestamp) {
        self.0.set(now);
    }
}

impl Clock for SteadyClock {
    fn now(&self) -> Timestamp {
        self.0.get()
    }
}

/// Bytes that count up, so that a test knows what it gets; optionally scrambled, so that they look random.
#[derive(Debug)]
pub struct CountingEntropy {
    next: Cell<u64>,
    scrambled: bool,
}

impl CountingEntropy {
    /// Bytes that count up from `first`.
    #[must_use]
    pub fn starting_at(first: u64) -> Self {
        Self { next: Cell::new(first), scrambled: false }
    }

    /// Bytes of a steady but evenly spread sequence.
    #[must_use]
    pub fn scrambled(seed: u64) -> Self {
        Self { next: Cell::new(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15)), scrambled: true }
    }

    /// Starts the sequence again, which makes the next token collide with an earlier one.
    pub fn rewind(&self, to: u64) {
        self.next.set(to);
    }
}

impl Entropy for CountingEntropy {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), EntropyError> {
        for byte in bytes {
            let next = self.next.get();
            self.next.set(next.wrapping_add(1));
            *byte = if self.scrambled { (split_mix(next) >> 24) as u8 } else { next as u8 };
        }
        Ok(())
    }
}

/// One step of SplitMix64 (Steele, Lea and Flood, 2014).
fn split_mix(state: u64) -> u64 {
    let mut mixed = state.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

/// An identity that differs by its number.
#[must_use]
pub fn identity(number: u8) -> Identity {
    Identity { replica: ReplicaId::from_bytes([number; 16]), epoch: Epoch::from_bytes([number ^ 0xFF; 16]) }
}

/// Noon on a Monday, in steady tests.
#[must_use]
pub fn noon() -> Timestamp {
    Timestamp::from_timestamp(1_795_435_200, 0).unwrap_or_default()
}

/// A manager in memory with a steady clock and spread entropy.
#[must_use]
pub fn memory_manager() -> Manager<MemoryJournal, SteadyClock, CountingEntropy> {
    memory_manager_on(&MemoryStorage::default(), 1)
}

/// A manager on shared memory; `number` tells replicas apart.
#[must_use]
pub fn memory_manager_on(storage: &MemoryStorage, number: u8) -> Manager<MemoryJournal, SteadyClock, CountingEntropy> {
    let journal = MemoryJournal::open(storage, identity(number));
    let entropy = CountingEntropy::scrambled(u64::from(number) << 32);
    Manager::new(journal, Rc::new(SteadyClock::at(noon())), Rc::new(entropy), GeneratorRegistry::built_in())
}
