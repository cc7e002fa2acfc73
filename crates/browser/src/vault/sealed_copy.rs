//! A vault as one text, as sealed as it lies in its database: for a file, where the user chooses so. `file.rs` reads it.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;

use super::VaultError;
use super::file::{FORMAT, VERSION};
use super::handle::Vault;
use crate::idb::vault::{self as database, Stored};

/// The shape of the text; its format names its version.
#[derive(Serialize)]
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
}

/// The text of what lies in a vault.
pub(super) fn to_text(stored: &Stored) -> Result<String, VaultError> {
    let secrets = stored.secrets.iter().map(|(name, sealed)| (name.clone(), STANDARD.encode(sealed))).collect();
    let copy = SealedCopy { format: format!("{FORMAT}{VERSION}"), header: STANDARD.encode(&stored.header), secrets };
    serde_json::to_string(&copy).map_err(|error| VaultError::Unreadable { cause: error.to_string() })
}
