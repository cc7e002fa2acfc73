//! From a passphrase to a key: Argon2id, and how strong it must be.

use argon2::{Algorithm, Argon2, Block, Params, Version};
use tollgate_tokens::{Entropy, EntropyError};
use zeroize::{Zeroize as _, Zeroizing};

use super::VaultError;

/// How many bytes a key has.
pub(super) const KEY_BYTES: usize = 32;

/// How many bytes a salt has.
pub(super) const SALT_BYTES: usize = 16;

/// What it costs to try a passphrase. Stored with the vault, so that later vaults may cost more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct KdfParameters {
    /// Memory in KiB.
    pub(super) memory_kib: u32,
    /// How often all of the memory is gone through.
    pub(super) passes: u32,
    /// How many lanes the memory has.
    pub(super) lanes: u32,
    /// Makes each vault a search of its own.
    pub(super) salt: [u8; SALT_BYTES],
}

impl KdfParameters {
    /// The least memory, 19 MiB, which a new vault has as well.
    ///
    /// Source: OWASP's Password Storage Cheat Sheet, as are the passes: Argon2id with 19 MiB, 2 passes and one lane.
    const LEAST_MEMORY_KIB: u32 = 19 * 1024;

    /// The fewest passes, which a new vault has as well.
    const LEAST_PASSES: u32 = 2;

    /// More than this is a changed header rather than a careful user: it would take all memory or all day.
    const MOST_MEMORY_KIB: u32 = 1024 * 1024;
    const MOST_PASSES: u32 = 64;
    const MOST_LANES: u32 = 16;

    /// The parameters of a new vault, with a salt of its own.
    ///
    /// # Errors
    ///
    /// [`EntropyError`] when there is no randomness.
    pub(super) fn draw(entropy: &impl Entropy) -> Result<Self, EntropyError> {
        let mut salt = [0; SALT_BYTES];
        entropy.fill(&mut salt)?;
        Ok(Self { memory_kib: Self::LEAST_MEMORY_KIB, passes: Self::LEAST_PASSES, lanes: 1, salt })
    }

    /// Refuses what is too weak to protect anything, and what no browser could do.
    ///
    /// # Errors
    ///
    /// [`VaultError::Unreadable`] with the parameter.
    pub(super) fn check(&self) -> Result<(), VaultError> {
        let within = [
            ("memory", self.memory_kib, Self::LEAST_MEMORY_KIB, Self::MOST_MEMORY_KIB),
            ("passes", self.passes, Self::LEAST_PASSES, Self::MOST_PASSES),
            ("lanes", self.lanes, 1, Self::MOST_LANES),
        ];
        match within.into_iter().find(|(_, value, least, most)| value < least || value > most) {
            None => Ok(()),
            Some((name, value, least, most)) => Err(VaultError::Unreadable {
                cause: format!("its {name} of {value} is not between {least} and {most}"),
            }),
        }
    }
}

/// Derives the key of a passphrase. Takes the memory and the time that the parameters ask for, and zeroes both memory
/// and key when they go.
///
/// # Errors
///
/// [`VaultError::Unreadable`] for parameters out of bounds, [`VaultError::Derivation`] where there is not that much
/// memory.
pub(super) fn derive(passphrase: &[u8], parameters: &KdfParameters) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    parameters.check()?;
    let KdfParameters { memory_kib, passes, lanes, salt } = parameters;
    let failed = |error: argon2::Error| VaultError::Derivation { cause: error.to_string() };
    let costs = Params::new(*memory_kib, *passes, *lanes, Some(KEY_BYTES)).map_err(failed)?;
    let mut blocks: Vec<Block> = Vec::new();
    blocks
        .try_reserve_exact(costs.block_count())
        .map_err(|_| VaultError::Derivation { cause: format!("there are no {memory_kib} KiB of free memory") })?;
    blocks.resize(costs.block_count(), Block::default());
    // Where it is moved only as a whole: an array would leave a copy wherever it passes.
    let mut key = Zeroizing::new(vec![0; KEY_BYTES]);
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, costs);
    let derived = argon2.hash_password_into_with_memory(passphrase, salt, key.as_mut_slice(), blocks.as_mut_slice());
    blocks.iter_mut().for_each(|block| block.zeroize());
    derived.map(|()| key).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parameters(memory_kib: u32, passes: u32, lanes: u32) -> KdfParameters {
        KdfParameters { memory_kib, passes, lanes, salt: *b"0123456789abcdef" }
    }

    #[test]
    fn keys_are_those_of_the_reference_implementation() {
        // Source: `argon2 0123456789abcdef -id -k 19456 -t 2 -p 1 -l 32` of the reference implementation, version 1.3.
        let key = derive(b"correct horse battery staple", &parameters(19_456, 2, 1)).unwrap();
        let text: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(text, "832e52b959b967b570ee4781f6c7bda7ced019ca266ac781fd2d94d4e853b0cd");
    }

    #[test]
    fn another_salt_gives_another_key() {
        let (one, other) = (parameters(19_456, 2, 1), KdfParameters { salt: [7; 16], ..parameters(19_456, 2, 1) });
        assert_ne!(*derive(b"a passphrase", &one).unwrap(), *derive(b"a passphrase", &other).unwrap());
    }

    #[test]
    fn new_vaults_have_the_least_that_is_allowed_and_a_salt_of_their_own() {
        let entropy = tollgate_tokens::test_support::CountingEntropy::scrambled(1);
        let (one, other) = (KdfParameters::draw(&entropy).unwrap(), KdfParameters::draw(&entropy).unwrap());
        assert_eq!((one.memory_kib, one.passes, one.lanes), (19_456, 2, 1));
        assert_ne!(one.salt, other.salt);
        one.check().unwrap();
    }

    #[track_caller]
    fn refused(memory_kib: u32, passes: u32, lanes: u32, cause: &str) {
        let error = derive(b"a passphrase", &parameters(memory_kib, passes, lanes)).unwrap_err();
        assert_eq!(error, VaultError::Unreadable { cause: cause.to_owned() });
    }

    #[test]
    fn parameters_that_are_too_weak_or_too_much_are_refused() {
        refused(19_455, 2, 1, "its memory of 19455 is not between 19456 and 1048576");
        refused(u32::MAX, 2, 1, "its memory of 4294967295 is not between 19456 and 1048576");
        refused(19_456, 1, 1, "its passes of 1 is not between 2 and 64");
        refused(19_456, 2, 0, "its lanes of 0 is not between 1 and 16");
    }
}
