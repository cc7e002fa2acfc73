//! What the outside world hands in: time and randomness.

use crate::time::Timestamp;

/// Tells the time.
pub trait Clock {
    /// The present instant, in whole microseconds.
    fn now(&self) -> Timestamp;
}

/// Gives bytes that nobody can guess.
pub trait Entropy {
    /// Fills `bytes` from a cryptographic generator.
    ///
    /// # Errors
    ///
    /// [`EntropyError`] when the source refuses; there is no weaker source to fall back to.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), EntropyError>;
}

/// The source of randomness refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no randomness could be drawn: {cause}")]
pub struct EntropyError {
    cause: String,
}

impl EntropyError {
    /// Wraps the cause that the source gave.
    #[must_use]
    pub fn new(cause: impl Into<String>) -> Self {
        Self { cause: cause.into() }
    }
}

impl<T: Clock + ?Sized> Clock for std::rc::Rc<T> {
    fn now(&self) -> Timestamp {
        (**self).now()
    }
}

impl<T: Entropy + ?Sized> Entropy for std::rc::Rc<T> {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), EntropyError> {
        (**self).fill(bytes)
    }
}

impl<T: Entropy + ?Sized> Entropy for &T {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), EntropyError> {
        (**self).fill(bytes)
    }
}
