//! Token generators: how the text of a token is made and recognized.
//!
//! Two are built in, as in the original: [`VendorChecksum`], the default, and the deprecated [`LegacySha1`].

mod base62;
mod form;
mod legacy_sha1;
mod registry;
mod vendor_checksum;

pub use base62::{base62, checksum};
pub use form::TokenForm;
pub use legacy_sha1::{LegacySha1, LegacyUser};
pub use registry::{FormatCheckError, GeneratorError, GeneratorRegistry, TokenGenerator, TokenInfo};
pub use vendor_checksum::VendorChecksum;
