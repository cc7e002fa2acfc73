//! Draws values from the strategies of the property tests, as a seed says.

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// A source of random values that are the same for the same seed.
pub(crate) struct Generator {
    runner: TestRunner,
}

impl Generator {
    pub(crate) fn new(seed: u64) -> Generator {
        let mut bytes = [0; 32];
        for (slot, byte) in bytes.iter_mut().zip(seed.to_le_bytes()) {
            *slot = byte;
        }
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
        // The rejected values of all draws are counted together, however many draws there are.
        let config = Config { max_local_rejects: u32::MAX, ..Config::default() };
        Generator { runner: TestRunner::new_with_rng(config, rng) }
    }

    /// The next value of `strategy`.
    pub(crate) fn draw<S: Strategy>(&mut self, strategy: &S) -> Result<S::Value, String> {
        let tree = strategy.new_tree(&mut self.runner).map_err(|reason| reason.to_string())?;
        Ok(tree.current())
    }
}
