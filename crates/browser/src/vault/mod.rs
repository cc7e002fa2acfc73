//! The vault: secrets of tokens that a user chose to keep, sealed under a passphrase. There is none until one is made.
//!
//! A passphrase becomes a key by Argon2id in a worker that lives for that long, and the key stays with the browser,
//! which gives it to nobody, this program included.
//! Each secret is sealed by AES-256-GCM of WebCrypto under a nonce of its own and bound to its token and its vault.
//! What lies in the database, which parameters are strong enough and when a vault locks itself is decided by pure
//! functions; `docs/security.md` says what the whole protects against.

mod auto_lock;
mod cipher;
mod error;
mod file;
mod file_error;
mod handle;
mod js_bytes;
mod kdf;
mod passphrase;
mod record;
mod sealed_copy;
mod take_in;
mod watch;
mod worker_client;
mod worker_server;

pub use auto_lock::AutoLock;
pub use error::VaultError;
pub use file::VaultFile;
pub use file_error::VaultFileError;
pub use handle::{Vault, VaultStanding, VaultSurvey};
pub use passphrase::Passphrase;
pub use take_in::OpenedVaultFile;
pub use watch::VaultNews;
pub use worker_server::serve_vault;
