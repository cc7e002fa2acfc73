//! A vault that was saved as a file, read as if a stranger had written it. It stays sealed.

use std::collections::BTreeMap;
use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::error::Category;
use tollgate_tokens::{TokenUid, json_holds_token, looks_like_token};

use super::VaultError;
use super::file_error::VaultFileError;
use super::record::{Header, Sealed};

/// What the format of a file begins with; the number of its version stands behind.
pub(super) const FORMAT: &str = "tollgate-vault-";

/// The version that is written, and the newest that is read.
pub(super) const VERSION: u64 = 1;

/// Far more than any workspace has tokens.
const MOST_SECRETS: usize = 100_000;

/// So much of what the reader of a header says is told: it quotes names, which may be of any length.
const LONGEST_CAUSE: usize = 200;

/// A vault that was saved as a file: checked as far as that can be done without its passphrase, and still sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VaultFile {
    pub(super) header: Header,
    /// What was sealed for each token, as it lies in a vault.
    pub(super) sealed: BTreeMap<TokenUid, Vec<u8>>,
}

impl VaultFile {
    /// Larger files are no vault of this console, and are not read.
    pub const MOST_BYTES: u64 = 64 << 20;

    /// Reads the text of a file, and checks all of it before anything is made of it. Linear in the text.
    ///
    /// # Errors
    ///
    /// [`VaultFileError`] for anything that this version did not write, with the place and nothing of what stands there.
    pub fn read(text: &str) -> Result<Self, VaultFileError> {
        // Some editors put a mark in front.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if let Some(before) = text.lines().position(json_holds_token) {
            return Err(VaultFileError::LooksLikeToken { line: before + 1 });
        }
        check_label(text)?;
        let Document { header, secrets, .. } = serde_json::from_str(text).map_err(|error| shape(&error))?;
        Ok(Self { header: header_of(&header)?, sealed: sealed_of(secrets)? })
    }

    /// The tokens that secrets are named for.
    pub fn uids(&self) -> impl Iterator<Item = TokenUid> {
        self.sealed.keys().copied()
    }

    /// How many secrets are in it.
    #[must_use]
    pub fn count(&self) -> usize {
        self.sealed.len()
    }
}

/// What every file begins with. What else it holds is not looked at.
#[derive(Deserialize)]
struct Label {
    #[serde(default)]
    format: Option<String>,
}

/// The shape of a file, version 1.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    // Checked before, and named here so that no other field passes.
    #[serde(rename = "format")]
    _format: String,
    header: String,
    secrets: Entries,
}

/// Names and values in the order of the file. A map would keep the last of two in silence.
struct Entries(Vec<(String, String)>);

struct EntriesVisitor;

impl<'de> Visitor<'de> for EntriesVisitor {
    type Value = Entries;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("sealed secrets by the uids of their tokens")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Entries(entries))
    }
}

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(EntriesVisitor)
    }
}

fn check_label(text: &str) -> Result<(), VaultFileError> {
    let label: Label = serde_json::from_str(text).map_err(|error| match error.classify() {
        Category::Data => VaultFileError::NotOurs,
        Category::Io | Category::Syntax | Category::Eof => {
            VaultFileError::NotJson { line: error.line(), column: error.column() }
        }
    })?;
    let format = label.format.unwrap_or_default();
    // A list passes for an object with its fields in order, and some numbers can be written in two ways.
    let is_object = text.trim_start().starts_with('{');
    let version = format.strip_prefix(FORMAT).filter(|version| is_object && !version.starts_with(['+', '0']));
    match version.and_then(|version| version.parse::<u64>().ok()) {
        Some(VERSION) => Ok(()),
        Some(version) if version > VERSION => Err(VaultFileError::Newer { version, known: VERSION }),
        _ => Err(VaultFileError::NotOurs),
    }
}

fn shape(error: &serde_json::Error) -> VaultFileError {
    VaultFileError::Shape { line: error.line(), column: error.column() }
}

fn header_of(text: &str) -> Result<Header, VaultFileError> {
    let refused = |cause: String| VaultFileError::Header { cause };
    let bytes = STANDARD.decode(text).map_err(|error| refused(error.to_string()))?;
    Header::from_bytes(&bytes).map_err(|error| match error {
        VaultError::Unreadable { cause } if !looks_like_token(&cause) => {
            refused(cause.chars().take(LONGEST_CAUSE).collect())
        }
        _ => refused("it is of no known form".to_owned()),
    })
}

fn sealed_of(Entries(entries): Entries) -> Result<BTreeMap<TokenUid, Vec<u8>>, VaultFileError> {
    if entries.len() > MOST_SECRETS {
        return Err(VaultFileError::TooMany { found: entries.len(), most: MOST_SECRETS });
    }
    let mut secrets = BTreeMap::new();
    for (number, (name, value)) in (1..).zip(entries) {
        let uid: TokenUid = name.parse().map_err(|_| VaultFileError::Name { number })?;
        let sealed = STANDARD.decode(&value).ok().filter(|sealed| Sealed::from_bytes(sealed).is_some());
        let sealed = sealed.ok_or(VaultFileError::Secret { number })?;
        if secrets.insert(uid, sealed).is_some() {
            return Err(VaultFileError::Name { number });
        }
    }
    Ok(secrets)
}

#[cfg(test)]
mod tests {
    use tollgate_tokens::VendorChecksum;
    use tollgate_tokens::test_support::CountingEntropy;

    use super::super::kdf::KdfParameters;
    use super::super::record::VaultId;
    use super::super::sealed_copy::to_text;
    use super::*;
    use crate::idb::vault::Stored;

    fn uid(number: u8) -> TokenUid {
        TokenUid::from_bytes([number; 16])
    }

    fn vault() -> VaultFile {
        let entropy = CountingEntropy::scrambled(5);
        let sealed = Sealed { nonce: [1; 12], bytes: vec![2; 40] };
        let id = VaultId::draw(&entropy).unwrap();
        let header = Header { id, parameters: KdfParameters::draw(&entropy).unwrap(), verifier: sealed.clone() };
        VaultFile { header, sealed: [(uid(7), sealed.to_bytes()), (uid(8), sealed.to_bytes())].into() }
    }

    /// The text of the file, as a vault is saved.
    fn saved() -> String {
        let VaultFile { header, sealed } = vault();
        let secrets = sealed.into_iter().map(|(uid, sealed)| (uid.to_string(), sealed)).collect();
        to_text(&Stored { header: header.to_bytes().unwrap(), secrets }).unwrap()
    }

    #[test]
    fn file_is_read_as_it_was_saved() {
        let text = saved();
        assert!(text.starts_with(r#"{"format":"tollgate-vault-1","header":""#), "{text}");
        assert_eq!(VaultFile::read(&text), Ok(vault()));
        assert_eq!(VaultFile::read(&format!("\u{feff}{text}\n")), Ok(vault()), "a mark in front does not matter");
        assert_eq!((vault().count(), vault().uids().collect::<Vec<_>>()), (2, vec![uid(7), uid(8)]));
    }

    #[track_caller]
    fn refused(change: impl Fn(&str) -> String, code: &str, says: &str) {
        let text = saved();
        let changed = change(&text);
        assert_ne!(changed, text, "the test changes something");
        let error = VaultFile::read(&changed).unwrap_err();
        assert_eq!(error.code(), code, "{error}");
        assert!(error.to_string().contains(says), "{error}");
        assert!(!error.help().is_empty());
    }

    #[test]
    fn what_is_no_vault_is_refused_with_its_place() {
        refused(|_| String::new(), "V0201", "the file is not JSON (line 1, column 0)");
        refused(|_| "dear diary".to_owned(), "V0201", "line 1, column 1");
        refused(|text| text.chars().take(60).collect(), "V0201", "not JSON");
        refused(|_| "[".repeat(100_000), "V0202", "no vault");
        refused(|_| "[1, 2]".to_owned(), "V0202", "no vault");
        refused(|_| r#"["tollgate-vault-1"]"#.to_owned(), "V0202", "no vault");
        refused(|_| r#"{"format": "tollgate-workspace"}"#.to_owned(), "V0202", "no vault");
        refused(|text| text.replace("vault-1", "vault-"), "V0202", "no vault");
        refused(|text| text.replace("vault-1", "vault-0"), "V0202", "no vault");
        refused(|text| text.replace("vault-1", "vault-01"), "V0202", "no vault");
        refused(|text| text.replace("vault-1", "vault-2"), "V0203", "a vault of version 2, and this program knows");
        refused(|_| r#"{"format": "tollgate-vault-1"}"#.to_owned(), "V0204", "(line 1, column 30)");
        refused(|text| text.replace(r#""header""#, r#""more":1,"header""#), "V0204", "unknown");
        refused(|text| text.replace(r#""header""#, r#""header":"","header""#), "V0204", "twice there");
    }

    #[test]
    fn header_that_was_changed_is_refused() {
        refused(|text| text.replace(r#""header":""#, r#""header":"AAAA"#), "V0206", "expected value");
        refused(|text| text.replace(r#""header":""#, r#""header":"%"#), "V0206", "its header cannot be used");
        let weak = |text: &str| {
            let strong = vault().header.to_bytes().unwrap();
            let weak = String::from_utf8(strong.clone()).unwrap().replace("19456", "8");
            text.replace(&STANDARD.encode(strong), &STANDARD.encode(weak))
        };
        refused(weak, "V0206", "its memory of 8 is not between");
    }

    #[test]
    fn secrets_that_were_changed_are_refused_by_their_number() {
        let [seven, eight] = [7, 8].map(|number| uid(number).to_string());
        refused(|text| text.replace(&eight, "somebody"), "V0207", "secret 2 of the file");
        refused(|text| text.replace(&eight, &seven), "V0207", "secret 2 of the file");
        refused(|text| text.replace(r#"07":""#, r#"07":"AAAA"#), "V0208", "secret 1 of the file");
        refused(|text| text.replace(r#"08":""#, r#"08":"%"#), "V0208", "secret 2 of the file");
        let entry = |number: u32| format!(r#""{number:032x}":"""#);
        let many: String = (0..=MOST_SECRETS as u32).map(entry).collect::<Vec<_>>().join(",");
        let too_many = |text: &str| {
            let (before, _) = text.split_once(r#""secrets":{"#).unwrap();
            format!(r#"{before}"secrets":{{{many}}}}}"#)
        };
        refused(too_many, "V0209", "the file holds 100001 secrets");
    }

    #[test]
    fn token_in_the_file_is_named_by_its_line_and_never_quoted() {
        let token = VendorChecksum::assemble("rbp", &"a".repeat(245));
        let escaped = token.replacen('b', r"\u0062", 1);
        for hidden in [token, escaped] {
            refused(|text| format!("\n{}", text.replacen('{', &format!(r#"{{"{hidden}":1,"#), 1)), "V0205", "line 2");
        }
    }
}
