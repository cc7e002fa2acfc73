//! A saved vault that comes back: opened with the passphrase that it was saved under, and taken in by the vault here.

use tollgate_tokens::{TokenDigest, TokenSecret, TokenUid};

use super::cipher::Key;
use super::file::VaultFile;
use super::handle::{Vault, opened, text_of};
use super::js_bytes::JsBytes;
use super::passphrase::Passphrase;
use super::record::draw_nonce;
use super::{VaultError, VaultNews};
use crate::entropy::OsEntropy;
use crate::idb::vault::{self as database, Change};

/// A saved vault whose passphrase was given. The browser holds its key, for as long as this value lives.
pub struct OpenedVaultFile {
    file: VaultFile,
    key: Key,
}

impl OpenedVaultFile {
    /// The tokens that secrets are named for.
    pub fn uids(&self) -> impl Iterator<Item = TokenUid> {
        self.file.uids()
    }

    /// The digest of what is sealed for a token, whose text is zeroed at once; `None` for what does not open, because it
    /// was changed or belongs to another token or another vault.
    ///
    /// # Errors
    ///
    /// [`VaultError::NotKept`], or what the browser refused.
    pub async fn digest(&self, uid: TokenUid) -> Result<Option<TokenDigest>, VaultError> {
        let text = match self.open(uid).await {
            Ok(open) => text_of(&open),
            Err(error) => Err(error),
        };
        match text {
            Ok(text) => Ok(Some(TokenSecret::new(text).digest())),
            Err(VaultError::Changed) => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn open(&self, uid: TokenUid) -> Result<JsBytes, VaultError> {
        let sealed = self.file.sealed.get(&uid).ok_or(VaultError::NotKept)?;
        opened(&self.key, &self.file.header.id.bound_to_token(uid), sealed).await
    }
}

impl Vault {
    /// Opens a saved vault with the passphrase that it was saved under. Takes about a second, as unlocking does; the
    /// vault that is here has no part in it.
    ///
    /// # Errors
    ///
    /// [`VaultError::WrongPassphrase`], or what the browser refused.
    pub async fn open_file(&self, file: &VaultFile, passphrase: Passphrase) -> Result<OpenedVaultFile, VaultError> {
        let key = self.key(passphrase, &file.header).await?;
        Ok(OpenedVaultFile { file: file.clone(), key })
    }

    /// Seals secrets of a saved vault anew in this one, and says how many: all or none, in one transaction. What is here
    /// already stays as it is.
    ///
    /// # Errors
    ///
    /// [`VaultError::Locked`], [`VaultError::Replaced`] after another tab changed the passphrase,
    /// [`VaultError::NotKept`] and [`VaultError::Changed`] for a secret that the file does not have or that does not
    /// open, or what the browser refused. Then nothing was changed.
    pub async fn take_in(&self, file: &OpenedVaultFile, uids: &[TokenUid]) -> Result<usize, VaultError> {
        let (key, header) = self.shared.held()?;
        let _turn = self.turn().await;
        let there = self.same(&header).await?.secrets;
        let mut changes = Vec::new();
        for uid in uids {
            let name = uid.to_string();
            if there.contains_key(&name) {
                continue;
            }
            let open = file.open(*uid).await?;
            let sealed = key.seal(draw_nonce(&OsEntropy)?, &header.id.bound_to_token(*uid), &open).await?;
            changes.push(Change::Secret(name, sealed.to_bytes()));
        }
        if !changes.is_empty() {
            database::write(self.workspace(), &changes).await?;
            self.say(VaultNews::Changed);
        }
        Ok(changes.len())
    }

    /// Makes a saved vault the one of this workspace, with these of its secrets as they are sealed, and its passphrase.
    /// It is unlocked in this tab.
    ///
    /// # Errors
    ///
    /// [`VaultError::Exists`] where there is a vault, [`VaultError::NotKept`] for a secret that the file does not have,
    /// or what the browser refused. Then nothing was changed.
    pub async fn adopt(&self, file: &OpenedVaultFile, uids: &[TokenUid]) -> Result<usize, VaultError> {
        let _turn = self.turn().await;
        if database::read(self.workspace()).await?.is_some() {
            return Err(VaultError::Exists);
        }
        let OpenedVaultFile { file, key } = file;
        let mut changes = vec![Change::Header(file.header.to_bytes()?)];
        for uid in uids {
            let sealed = file.sealed.get(uid).ok_or(VaultError::NotKept)?;
            changes.push(Change::Secret(uid.to_string(), sealed.clone()));
        }
        database::write(self.workspace(), &changes).await?;
        self.shared.hold(key.clone(), file.header.clone());
        self.say(VaultNews::Changed);
        Ok(uids.len())
    }
}
