//! A vault as one text, as sealed as it lies in its database: for an export, where the user chooses so.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use tollgate_tokens::TokenUid;

use super::handle::Vault;
use super::record::{Header, Sealed};
use super::{VaultError, VaultNews};
use crate::idb::vault::{self as database, Change, Stored};

const FORMAT: &str = "tollgate-vault-1";

/// The shape of the text; its format names its version.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SealedCopy {
    format: String,
    header: String,
    secrets: BTreeMap<String, String>,
}

impl Vault {
    /// Everything in the vault as a text that opens with its passphrase and not without; `None` where there is none.
    /// Needs no key. Linear in what lies there.
    ///
    /// # Errors
    ///
    /// [`VaultError::Store`] with the browser's reason.
    pub async fn sealed_copy(&self) -> Result<Option<String>, VaultError> {
        let stored = database::read(self.workspace()).await?;
        stored.as_ref().map(to_text).transpose()
    }

    /// Makes the vault of a copy. It is locked, and its passphrase is the one that the copy was made under.
    ///
    /// # Errors
    ///
    /// [`VaultError::Exists`] where there is a vault, [`VaultError::Unreadable`] for anything but a copy, or what the
    /// browser refused. Then nothing was changed.
    pub async fn restore(&self, copy: &str) -> Result<(), VaultError> {
        let Stored { header, secrets } = from_text(copy)?;
        let _turn = self.turn().await;
        if database::read(self.workspace()).await?.is_some() {
            return Err(VaultError::Exists);
        }
        let secrets = secrets.into_iter().map(|(name, sealed)| Change::Secret(name, sealed));
        let changes: Vec<Change> = std::iter::once(Change::Header(header)).chain(secrets).collect();
        database::write(self.workspace(), &changes).await?;
        self.say(VaultNews::Changed);
        Ok(())
    }
}

fn to_text(stored: &Stored) -> Result<String, VaultError> {
    let secrets = stored.secrets.iter().map(|(name, sealed)| (name.clone(), STANDARD.encode(sealed))).collect();
    let copy = SealedCopy { format: FORMAT.to_owned(), header: STANDARD.encode(&stored.header), secrets };
    serde_json::to_string(&copy).map_err(|error| unreadable(error.to_string()))
}

/// Reads a copy, and checks all of it before anything is written: it comes from outside.
fn from_text(text: &str) -> Result<Stored, VaultError> {
    let copy: SealedCopy = serde_json::from_str(text).map_err(|error| unreadable(error.to_string()))?;
    if copy.format != FORMAT {
        return Err(unreadable("it is no copy of a vault, or one of another version"));
    }
    let header = STANDARD.decode(&copy.header).map_err(|error| unreadable(error.to_string()))?;
    Header::from_bytes(&header)?;
    let mut secrets = BTreeMap::new();
    for (name, sealed) in copy.secrets {
        let sealed = STANDARD.decode(&sealed).map_err(|error| unreadable(error.to_string()))?;
        if name.parse::<TokenUid>().is_err() || Sealed::from_bytes(&sealed).is_none() {
            return Err(unreadable("one of its secrets is not what was sealed"));
        }
        secrets.insert(name, sealed);
    }
    Ok(Stored { header, secrets })
}

fn unreadable(cause: impl Into<String>) -> VaultError {
    VaultError::Unreadable { cause: cause.into() }
}

#[cfg(test)]
mod tests {
    use tollgate_tokens::test_support::CountingEntropy;

    use super::super::kdf::KdfParameters;
    use super::super::record::VaultId;
    use super::*;

    fn stored() -> Stored {
        let entropy = CountingEntropy::scrambled(5);
        let sealed = Sealed { nonce: [1; 12], bytes: vec![2; 40] };
        let id = VaultId::draw(&entropy).unwrap();
        let header = Header { id, parameters: KdfParameters::draw(&entropy).unwrap(), verifier: sealed.clone() };
        let name = TokenUid::from_bytes([7; 16]).to_string();
        Stored { header: header.to_bytes().unwrap(), secrets: [(name, sealed.to_bytes())].into() }
    }

    #[test]
    fn copy_is_read_as_it_was_written() {
        let stored = stored();
        let again = from_text(&to_text(&stored).unwrap()).unwrap();
        assert_eq!((again.header, again.secrets), (stored.header, stored.secrets));
    }

    #[track_caller]
    fn refused(change: impl Fn(&str) -> String, cause: &str) {
        let text = to_text(&stored()).unwrap();
        match from_text(&change(&text)) {
            Err(VaultError::Unreadable { cause: found }) => assert!(found.contains(cause), "{found}"),
            Err(other) => panic!("expected another refusal, got {other}"),
            Ok(_) => panic!("expected a refusal"),
        }
    }

    #[test]
    fn what_is_no_copy_is_refused() {
        refused(|_| "{}".to_owned(), "missing field");
        refused(|text| text.replace("tollgate-vault-1", "tollgate-vault-2"), "another version");
        refused(|text| text.replace(r#""header":""#, r#""header":"AAAA"#), "expected value");
        refused(|text| text.replace("0707", "07zz"), "one of its secrets");
        refused(|text| text.replace(r#"07":""#, r#"07":"AAAA"#), "one of its secrets");
    }
}
