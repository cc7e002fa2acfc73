//! JSON pointers (RFC 6901): the name of a place inside a document.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;

/// The path from the root of a document to one of its values, as in `/resources/review_request/42/block/0`.
///
/// Keys that hold lone surrogates appear with U+FFFD in their place, as no Rust text can hold them.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct JsonPointer(String);

impl JsonPointer {
    /// The pointer to the whole document, written as an empty text.
    pub const fn root() -> JsonPointer {
        JsonPointer(String::new())
    }

    /// Steps down to the member or element `token`, escaping `~` and `/`.
    ///
    /// ```
    /// use tollgate_policy::JsonPointer;
    ///
    /// let mut pointer = JsonPointer::root();
    /// pointer.push("a/b");
    /// assert_eq!(pointer.to_string(), "/a~1b");
    /// ```
    pub fn push(&mut self, token: &str) {
        self.0.push('/');
        for character in token.chars() {
            match character {
                '~' => self.0.push_str("~0"),
                '/' => self.0.push_str("~1"),
                other => self.0.push(other),
            }
        }
    }

    /// The pointer one step further down, at the member or element `token`.
    #[must_use]
    pub fn child(&self, token: &str) -> JsonPointer {
        let mut child = self.clone();
        child.push(token);
        child
    }

    /// The steps from the root, unescaped.
    pub fn tokens(&self) -> impl Iterator<Item = String> {
        self.0.split('/').skip(1).map(|token| token.replace("~1", "/").replace("~0", "~"))
    }

    /// The pointer in its written form.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for JsonPointer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Why a text is not a JSON pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PointerError {
    /// It is neither empty nor starts with `/`.
    #[error("a pointer is empty or starts with `/`")]
    MissingSlash,
    /// A `~` stands before something other than `0` or `1`.
    #[error("`~` in a pointer must be written `~0`")]
    BadEscape,
}

impl FromStr for JsonPointer {
    type Err = PointerError;

    fn from_str(text: &str) -> Result<JsonPointer, PointerError> {
        if !text.is_empty() && !text.starts_with('/') {
            return Err(PointerError::MissingSlash);
        }
        let escapes_are_whole = text.split('~').skip(1).all(|rest| rest.starts_with(['0', '1']));
        if escapes_are_whole { Ok(JsonPointer(text.to_owned())) } else { Err(PointerError::BadEscape) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_come_back_as_they_were_pushed() {
        let tokens = ["", "~", "/", "~1", "a~/b", "é"];
        let mut pointer = JsonPointer::root();
        tokens.iter().for_each(|token| pointer.push(token));
        assert_eq!(pointer.tokens().collect::<Vec<_>>(), tokens);
        assert_eq!(pointer.as_str().parse::<JsonPointer>(), Ok(pointer));
    }

    #[test]
    fn other_texts_are_refused() {
        assert_eq!("a".parse::<JsonPointer>(), Err(PointerError::MissingSlash));
        assert_eq!("/~2".parse::<JsonPointer>(), Err(PointerError::BadEscape));
        assert_eq!("/~".parse::<JsonPointer>(), Err(PointerError::BadEscape));
    }
}
