//! Ids and names, each its own type, built only by parsing or from entropy.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::ports::{Entropy, EntropyError};

/// Why a text is no id of 128 bits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not an id of 32 hexadecimal digits")]
pub struct ParseUidError {
    text: String,
}

/// Why a text is no name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParseNameError {
    /// The text is empty.
    #[error("a {what} cannot be empty")]
    Empty {
        /// What was to be named.
        what: &'static str,
    },
    /// The text is longer than the original allows.
    #[error("a {what} has at most {limit} characters, this one has {length}")]
    TooLong {
        /// What was to be named.
        what: &'static str,
        /// The most characters allowed.
        limit: usize,
        /// The characters given.
        length: usize,
    },
    /// The text holds a character that the original refuses.
    #[error("a {what} cannot contain `{character}`")]
    Character {
        /// What was to be named.
        what: &'static str,
        /// The first character that is refused.
        character: char,
    },
}

macro_rules! uid {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; 16]);

        impl $name {
            /// Makes an id from 16 bytes.
            #[must_use]
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(bytes)
            }

            /// The 16 bytes.
            #[must_use]
            pub const fn as_bytes(&self) -> &[u8; 16] {
                &self.0
            }

            /// Draws a new id.
            ///
            /// # Errors
            ///
            /// [`EntropyError`] when the source has none.
            pub fn draw(entropy: &impl Entropy) -> Result<Self, EntropyError> {
                let mut bytes = [0; 16];
                entropy.fill(&mut bytes)?;
                Ok(Self(bytes))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&hex::encode(self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }

        impl FromStr for $name {
            type Err = ParseUidError;

            fn from_str(text: &str) -> Result<Self, ParseUidError> {
                let mut bytes = [0; 16];
                let lower = !text.bytes().any(|byte| byte.is_ascii_uppercase());
                match hex::decode_to_slice(text, &mut bytes) {
                    Ok(()) if lower => Ok(Self(bytes)),
                    _ => Err(ParseUidError { text: text.chars().take(40).collect() }),
                }
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

uid! {
    /// Names one token in every event, URL and document: 128 random bits, shown as 32 hexadecimal digits.
    ///
    /// ```
    /// use tollgate_tokens::TokenUid;
    ///
    /// let uid: TokenUid = "000102030405060708090a0b0c0d0e0f".parse()?;
    /// assert_eq!(uid.to_string(), "000102030405060708090a0b0c0d0e0f");
    /// assert!("not hex".parse::<TokenUid>().is_err());
    /// # Ok::<(), tollgate_tokens::ParseUidError>(())
    /// ```
    TokenUid
}

uid! {
    /// Names one journal of one browser; every event carries the replica that made it.
    ReplicaId
}

uid! {
    /// Names one history: its SHA-256 is the link of the first record, so that two histories never look alike.
    Epoch
}

uid! {
    /// Names one policy of the library for ever, through every version and every name that it gets.
    PolicyUid
}

uid! {
    /// Names one guardrail.
    GuardrailUid
}

/// Names one event for ever: the replica that made it and its number there, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventId {
    /// Who made the event.
    pub replica: ReplicaId,
    /// Its number among that replica's events, from 1.
    pub sequence: u64,
}

impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.replica, self.sequence)
    }
}

macro_rules! name {
    ($(#[$meta:meta])* $name:ident, $what:literal, $limit:literal, $allowed:expr) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(std::sync::Arc<str>);

        impl $name {
            /// The name as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = ParseNameError;

            fn from_str(text: &str) -> Result<Self, ParseNameError> {
                let allowed: fn(char) -> bool = $allowed;
                let length = text.chars().count();
                if text.is_empty() {
                    return Err(ParseNameError::Empty { what: $what });
                }
                if length > $limit {
                    return Err(ParseNameError::TooLong { what: $what, limit: $limit, length });
                }
                match text.chars().find(|character| !allowed(*character)) {
                    Some(character) => Err(ParseNameError::Character { what: $what, character }),
                    None => Ok(Self(text.into())),
                }
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

name! {
    /// Names a user as the service does: letters, digits and `@ . + - _`, at most 150 characters, case-sensitive.
    ///
    /// ```
    /// use tollgate_tokens::Username;
    ///
    /// assert_eq!("ci-bot".parse::<Username>()?.as_str(), "ci-bot");
    /// let refused = "ci bot".parse::<Username>().unwrap_err();
    /// assert_eq!(refused.to_string(), "a user name cannot contain ` `");
    /// # Ok::<(), tollgate_tokens::ParseNameError>(())
    /// ```
    Username, "user name", 150, |character| character.is_alphanumeric() || "@.+-_".contains(character)
}

name! {
    /// Names a Local Site, a partition of one server: letters, digits, `-` and `_`, at most 50 characters.
    SiteName, "site name", 50, |character| character.is_ascii_alphanumeric() || "-_".contains(character)
}

name! {
    /// Names a token generator, such as `vendor_checksum`: at most 255 characters.
    GeneratorId, "generator id", 255, |character| !character.is_control()
}

name! {
    /// What a policy of the library is called: at most 100 characters, none of them a control character.
    ///
    /// ```
    /// use tollgate_tokens::PolicyName;
    ///
    /// assert_eq!("CI bots, acme".parse::<PolicyName>()?.as_str(), "CI bots, acme");
    /// let refused = "".parse::<PolicyName>().unwrap_err();
    /// assert_eq!(refused.to_string(), "a policy name cannot be empty");
    /// # Ok::<(), tollgate_tokens::ParseNameError>(())
    /// ```
    PolicyName, "policy name", 100, |character| !character.is_control()
}

name! {
    /// Names a catalog that was imported: at most 100 characters, none of them a control character.
    CatalogName, "catalog name", 100, |character| !character.is_control()
}

name! {
    /// Names the template that a policy began as, such as `ci_bot`: lower-case letters, digits and `_`, at most 40.
    TemplateId, "template id", 40, |character| {
        character.is_ascii_lowercase() || character.is_ascii_digit() || character == '_'
    }
}

name! {
    /// The code of a finding that a policy was saved with, such as `P0203`: letters and digits, at most 16.
    FindingCode, "finding code", 16, |character| character.is_ascii_alphanumeric()
}

impl GeneratorId {
    /// The id of a built-in generator, whose constant needs no check.
    pub(crate) fn of_constant(id: &'static str) -> Self {
        Self(id.into())
    }
}
