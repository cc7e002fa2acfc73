//! How a vault lies in its database: the header as JSON, a secret as version, nonce and sealed bytes.
//!
//! These are stored shapes: a change of one needs a new version. What is read is checked before it is used.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use tollgate_tokens::{Entropy, EntropyError, TokenUid};

use super::VaultError;
use super::kdf::KdfParameters;

/// How many bytes the nonce of AES-GCM has.
pub(super) const NONCE_BYTES: usize = 12;

/// How many bytes AES-GCM adds.
const TAG_BYTES: usize = 16;

/// Far more than any secret has.
const MOST_BYTES: usize = 64 * 1024;

const VERSION: u8 = 1;

const ID_BYTES: usize = 16;

/// Sealed with every new key and opened with every passphrase, to tell a wrong one.
pub(super) const KNOWN_TEXT: &[u8] = b"tollgate vault";

/// Bytes that are sealed, and the nonce that they were sealed under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sealed {
    pub(super) nonce: [u8; NONCE_BYTES],
    pub(super) bytes: Vec<u8>,
}

/// Names a vault, so that nothing sealed in one opens in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct VaultId([u8; ID_BYTES]);

/// Everything about a vault but its secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) id: VaultId,
    pub(super) parameters: KdfParameters,
    /// [`KNOWN_TEXT`], sealed.
    pub(super) verifier: Sealed,
}

/// The stored shape of the header.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredHeader {
    version: u8,
    id: String,
    kdf: String,
    memory_kib: u32,
    passes: u32,
    lanes: u32,
    salt: String,
    cipher: String,
    verifier: String,
}

const KDF: &str = "argon2id-1.3";
const CIPHER: &str = "aes-256-gcm";

/// Draws a nonce.
pub(super) fn draw_nonce(entropy: &impl Entropy) -> Result<[u8; NONCE_BYTES], EntropyError> {
    let mut nonce = [0; NONCE_BYTES];
    entropy.fill(&mut nonce)?;
    Ok(nonce)
}

impl VaultId {
    /// Draws a name.
    pub(super) fn draw(entropy: &impl Entropy) -> Result<Self, EntropyError> {
        let mut bytes = [0; ID_BYTES];
        entropy.fill(&mut bytes)?;
        Ok(Self(bytes))
    }

    /// What the sealed known text is bound to.
    pub(super) fn bound_to_vault(self) -> Vec<u8> {
        self.0.to_vec()
    }

    /// What the sealed secret of a token is bound to. Longer than what the known text is bound to, so that neither is
    /// ever taken for the other.
    pub(super) fn bound_to_token(self, uid: TokenUid) -> Vec<u8> {
        [self.0.as_slice(), uid.as_bytes()].concat()
    }
}

impl Header {
    /// The header as it is stored.
    pub(super) fn to_bytes(&self) -> Result<Vec<u8>, VaultError> {
        let KdfParameters { memory_kib, passes, lanes, salt } = self.parameters;
        let stored = StoredHeader {
            version: VERSION,
            id: STANDARD.encode(self.id.0),
            kdf: KDF.to_owned(),
            memory_kib,
            passes,
            lanes,
            salt: STANDARD.encode(salt),
            cipher: CIPHER.to_owned(),
            verifier: STANDARD.encode(self.verifier.to_bytes()),
        };
        serde_json::to_vec(&stored).map_err(|error| unreadable(error.to_string()))
    }

    /// Reads a header.
    ///
    /// # Errors
    ///
    /// [`VaultError::Unreadable`] for anything that this version did not write, and for parameters out of bounds.
    pub(super) fn from_bytes(bytes: &[u8]) -> Result<Self, VaultError> {
        let stored: StoredHeader = serde_json::from_slice(bytes).map_err(|error| unreadable(error.to_string()))?;
        if (stored.version, stored.kdf.as_str(), stored.cipher.as_str()) != (VERSION, KDF, CIPHER) {
            return Err(unreadable("another version of this page made it"));
        }
        let StoredHeader { memory_kib, passes, lanes, .. } = stored;
        let parameters = KdfParameters { memory_kib, passes, lanes, salt: exactly("salt", &stored.salt)? };
        parameters.check()?;
        let verifier = STANDARD.decode(&stored.verifier).map_err(|error| unreadable(error.to_string()))?;
        let verifier = Sealed::from_bytes(&verifier).ok_or_else(|| unreadable("its verifier is cut"))?;
        Ok(Self { id: VaultId(exactly("id", &stored.id)?), parameters, verifier })
    }
}

impl Sealed {
    /// The sealed bytes as they are stored.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        [[VERSION].as_slice(), &self.nonce, &self.bytes].concat()
    }

    /// Reads sealed bytes; `None` for anything else.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(&[VERSION])?;
        let (nonce, sealed) = rest.split_first_chunk::<NONCE_BYTES>()?;
        let is_whole = sealed.len() >= TAG_BYTES && sealed.len() <= MOST_BYTES;
        is_whole.then(|| Self { nonce: *nonce, bytes: sealed.to_vec() })
    }
}

fn exactly<const LENGTH: usize>(name: &str, text: &str) -> Result<[u8; LENGTH], VaultError> {
    let bytes = STANDARD.decode(text).map_err(|error| unreadable(format!("its {name}: {error}")))?;
    bytes.try_into().map_err(|_| unreadable(format!("its {name} is not {LENGTH} bytes long")))
}

fn unreadable(cause: impl Into<String>) -> VaultError {
    VaultError::Unreadable { cause: cause.into() }
}

#[cfg(test)]
mod tests {
    use tollgate_tokens::test_support::CountingEntropy;

    use super::*;

    fn sealed() -> Sealed {
        Sealed { nonce: [7; NONCE_BYTES], bytes: vec![9; TAG_BYTES + KNOWN_TEXT.len()] }
    }

    fn header() -> Header {
        let entropy = CountingEntropy::scrambled(3);
        let id = VaultId::draw(&entropy).unwrap();
        Header { id, parameters: KdfParameters::draw(&entropy).unwrap(), verifier: sealed() }
    }

    #[test]
    fn header_is_read_as_it_was_written() {
        let header = header();
        let bytes = header.to_bytes().unwrap();
        assert_eq!(Header::from_bytes(&bytes), Ok(header));
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.contains(r#""kdf":"argon2id-1.3","memory_kib":19456,"passes":2,"lanes":1,"#), "{text}");
    }

    #[track_caller]
    fn refused(change: impl Fn(&str) -> String, cause: &str) {
        let text = String::from_utf8(header().to_bytes().unwrap()).unwrap();
        let changed = change(&text);
        assert_ne!(changed, text, "the test changes something");
        match Header::from_bytes(changed.as_bytes()) {
            Err(VaultError::Unreadable { cause: found }) => assert!(found.contains(cause), "{found}"),
            other => panic!("expected a refusal, got {other:?}"),
        }
    }

    #[test]
    fn header_that_was_changed_is_refused() {
        refused(|text| text.replace(r#""version":1"#, r#""version":2"#), "another version");
        refused(|text| text.replace("argon2id", "argon2d"), "another version");
        refused(|text| text.replace("19456", "8"), "its memory of 8 is not between");
        refused(|text| text.replace(r#""lanes":1"#, r#""lanes":1,"more":1"#), "unknown field");
        refused(|text| text.replace(r#""salt":""#, r#""salt":"AAAA"#), "its salt is not 16 bytes long");
        refused(|text| text.replace(r#""verifier":""#, r#""verifier":"AAAA"#), "its verifier is cut");
        refused(|text| text.chars().take(40).collect(), "EOF");
    }

    #[test]
    fn sealed_bytes_are_read_as_they_were_written() {
        let sealed = sealed();
        let bytes = sealed.to_bytes();
        assert_eq!(bytes.len(), 1 + NONCE_BYTES + sealed.bytes.len());
        assert_eq!(Sealed::from_bytes(&bytes), Some(sealed));
    }

    #[test]
    fn bytes_of_another_form_are_not_taken_for_sealed() {
        let whole = sealed().to_bytes();
        let cut = |length: usize| whole.iter().copied().take(length).collect::<Vec<u8>>();
        for length in [0, 1, NONCE_BYTES, NONCE_BYTES + TAG_BYTES] {
            assert_eq!(Sealed::from_bytes(&cut(length)), None, "{length} bytes");
        }
        let newer = [[2].as_slice(), &cut(whole.len())].concat();
        assert_eq!(Sealed::from_bytes(&newer), None);
        let huge = [whole.as_slice(), &vec![0; MOST_BYTES]].concat();
        assert_eq!(Sealed::from_bytes(&huge), None);
    }

    #[test]
    fn nothing_is_bound_to_two_things() {
        let id = header().id;
        let uids = [[0; 16], [1; 16]].map(TokenUid::from_bytes);
        let bound = [id.bound_to_vault(), id.bound_to_token(uids[0]), id.bound_to_token(uids[1])];
        assert!(bound[0] != bound[1] && bound[1] != bound[2]);
        assert!(bound[1].starts_with(&bound[0]) && bound[1].ends_with(uids[0].as_bytes()));
    }
}
