//! What page and mirror worker say to each other.

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

use crate::worker::field;

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verb {
    /// Take a file of the workspace; answers its name and the heads of all records in all files.
    Open,
    /// Write frames and flush; answers when that is done.
    Append,
    /// Take the records of these hashes out of the worker's own file; answers when that is done.
    Retract,
    /// Answers the heads of all records in all files.
    Heads,
    /// Answers the frames of all records in all files.
    Read,
    /// Empty every file of the workspace; answers how many other tabs still hold.
    Empty,
    /// Take the records of these hashes out of all files; answers how many files with some of them other tabs hold.
    Discard,
}

impl Verb {
    const ALL: [Self; 7] =
        [Self::Open, Self::Append, Self::Retract, Self::Heads, Self::Read, Self::Empty, Self::Discard];

    /// The verb as it is sent.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Append => "append",
            Self::Retract => "retract",
            Self::Heads => "heads",
            Self::Read => "read",
            Self::Empty => "empty",
            Self::Discard => "discard",
        }
    }

    /// The verb that was sent.
    pub(super) fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verb| verb.word() == word)
    }
}

/// The field that holds the verb.
pub(super) const VERB: &str = "verb";

/// The workspace whose files are meant.
pub(super) const WORKSPACE: &str = "workspace";

/// Frames, or packed heads or hashes.
pub(super) const BYTES: &str = "bytes";

/// The name of the worker's own file.
pub(super) const FILE: &str = "file";

/// How many files other tabs hold.
pub(super) const HELD: &str = "held";

/// Why a question was not answered.
pub(super) const ERROR: &str = "error";

/// Bytes as a value that can be sent.
pub(super) fn sent_bytes(bytes: &[u8]) -> JsValue {
    Uint8Array::from(bytes).into()
}

/// The bytes of a message; none where there is no such field.
pub(super) fn bytes_of(message: &JsValue) -> Vec<u8> {
    field(message, BYTES).dyn_ref::<Uint8Array>().map(Uint8Array::to_vec).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_are_heard_as_they_were_said() {
        for verb in Verb::ALL {
            assert_eq!(Verb::of(verb.word()), Some(verb));
        }
        assert_eq!(Verb::of("forget"), None);
    }
}
