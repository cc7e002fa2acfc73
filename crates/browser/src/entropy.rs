//! The browser's cryptographic generator as the tokens crate's port.

use tollgate_tokens::{Entropy, EntropyError};

/// Bytes of `crypto.getRandomValues`, or of the operating system where the code runs natively.
#[derive(Debug, Clone, Copy, Default)]
pub struct OsEntropy;

impl Entropy for OsEntropy {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), EntropyError> {
        getrandom::fill(bytes).map_err(|error| EntropyError::new(error.to_string()))
    }
}
