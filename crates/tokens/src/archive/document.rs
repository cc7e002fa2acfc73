//! What our documents have in common: JSON with a format and a version, and mistakes that are named with their place.

use serde::Deserialize;
use serde_json::error::Category;

use crate::scan::json_holds_token;

/// So much of what the reader of JSON says is told: it quotes names, which may be of any length.
const LONGEST_CAUSE: usize = 200;

/// So much of a foreign format's name is told.
const LONGEST_NAME: usize = 40;

/// A kind of document, and the newest version of it that this program reads.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kind {
    pub(super) format: &'static str,
    pub(super) version: u32,
}

/// Why a text is not the document that it should be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DocumentError {
    /// The text is no JSON.
    #[error("the file is not JSON: {cause} (line {line}, column {column})")]
    NotJson {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What the reader said.
        cause: String,
    },
    /// The text is JSON, but none of our documents.
    #[error("the file is no `{expected}`")]
    NotOurs {
        /// The format that was expected.
        expected: &'static str,
    },
    /// The text is another document.
    #[error("the file is a `{found}`, and not a `{expected}`")]
    OtherFormat {
        /// The format that was expected.
        expected: &'static str,
        /// The format that it names, cut to what can be shown.
        found: String,
    },
    /// A newer program wrote it.
    #[error("the file has version {version} of `{format}`, and this program knows versions up to {known}")]
    Newer {
        /// The format.
        format: &'static str,
        /// The version that it names.
        version: u64,
        /// The newest version that can be read.
        known: u32,
    },
    /// A field is missing, twice there, unknown, or holds what it cannot hold.
    #[error("{cause} (line {line}, column {column})")]
    Shape {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What is wrong with which field.
        cause: String,
    },
    /// Somebody put a token into it.
    #[error("line {line} holds what looks like a token")]
    LooksLikeToken {
        /// The line, from 1.
        line: usize,
    },
}

impl DocumentError {
    /// A stable code, for documents and searches.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotJson { .. } => "X0101",
            Self::NotOurs { .. } | Self::OtherFormat { .. } => "X0102",
            Self::Newer { .. } => "X0103",
            Self::Shape { .. } => "X0104",
            Self::LooksLikeToken { .. } => "X0105",
        }
    }

    /// What to do about it.
    #[must_use]
    pub const fn help(&self) -> &'static str {
        match self {
            Self::NotJson { .. } => "take the file as it was saved: one that was cut off or edited cannot be read",
            Self::NotOurs { .. } | Self::OtherFormat { .. } => "choose a file that this console saved for this purpose",
            Self::Newer { .. } => "open the console that saved it, or a newer one than this",
            Self::Shape { .. } => "take the file as it was saved, without changes",
            Self::LooksLikeToken { .. } => {
                "treat that token as leaked: invalidate it, and delete the file; no file of this console holds one"
            }
        }
    }
}

/// What every document begins with. What else it holds is not looked at.
#[derive(Deserialize)]
struct Label {
    #[serde(default)]
    format: Option<String>,
    #[serde(default)]
    version: Option<u64>,
}

/// Reads a document of one kind. Linear in the text.
pub(super) fn read<'a, T: Deserialize<'a>>(text: &'a str, kind: Kind) -> Result<T, DocumentError> {
    // Some editors put a mark in front.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // Before anything else: what comes later may quote from the text.
    if let Some(before) = text.lines().position(json_holds_token) {
        return Err(DocumentError::LooksLikeToken { line: before + 1 });
    }
    check_label(text, kind)?;
    serde_json::from_str(text).map_err(|error| shape(&error))
}

fn check_label(text: &str, kind: Kind) -> Result<(), DocumentError> {
    let expected = kind.format;
    let label: Label = match serde_json::from_str(text) {
        Ok(label) => label,
        Err(error) => {
            return Err(match error.classify() {
                Category::Data => DocumentError::NotOurs { expected },
                Category::Io | Category::Syntax | Category::Eof => not_json(&error),
            });
        }
    };
    match label.format {
        Some(format) if format == expected => {}
        Some(format) => {
            return Err(DocumentError::OtherFormat { expected, found: format.chars().take(LONGEST_NAME).collect() });
        }
        None => return Err(DocumentError::NotOurs { expected }),
    }
    match label.version {
        Some(version) if version > u64::from(kind.version) => {
            Err(DocumentError::Newer { format: expected, version, known: kind.version })
        }
        _ => Ok(()),
    }
}

fn not_json(error: &serde_json::Error) -> DocumentError {
    DocumentError::NotJson { line: error.line(), column: error.column(), cause: cause_of(error) }
}

fn shape(error: &serde_json::Error) -> DocumentError {
    DocumentError::Shape { line: error.line(), column: error.column(), cause: cause_of(error) }
}

/// What the reader said, without the place, which is told apart.
fn cause_of(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let cause = text.rsplit_once(" at line ").map_or(text.as_str(), |(cause, _)| cause);
    cause.chars().take(LONGEST_CAUSE).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generator::VendorChecksum;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "what is read is not looked at here")]
    struct Note {
        format: String,
        version: u32,
        text: String,
    }

    const KIND: Kind = Kind { format: "tollgate-note", version: 2 };

    #[track_caller]
    fn check(text: &str, code: &str, says: &str) {
        let refused = read::<Note>(text, KIND).unwrap_err();
        assert_eq!((refused.code(), refused.to_string().as_str()), (code, says));
    }

    #[test]
    fn a_mistake_is_named_with_its_place() {
        check("", "X0101", "the file is not JSON: EOF while parsing a value (line 1, column 0)");
        check("{\n \"format\": ", "X0101", "the file is not JSON: EOF while parsing a value (line 2, column 11)");
        check("[1, 2]", "X0102", "the file is no `tollgate-note`");
        check("{}", "X0102", "the file is no `tollgate-note`");
        let other = r#"{"format": "tollgate-song"}"#;
        check(other, "X0102", "the file is a `tollgate-song`, and not a `tollgate-note`");
        let newer = r#"{"format": "tollgate-note", "version": 3, "tune": 1}"#;
        check(newer, "X0103", "the file has version 3 of `tollgate-note`, and this program knows versions up to 2");
        let lacking = "{\n\"format\": \"tollgate-note\",\n\"version\": 1\n}";
        check(lacking, "X0104", "missing field `text` (line 4, column 1)");
        let strange = r#"{"format": "tollgate-note", "version": 1, "text": "", "more": 1}"#;
        assert!(read::<Note>(strange, KIND).unwrap_err().to_string().starts_with("unknown field `more`"));
    }

    #[test]
    fn a_token_is_named_by_its_line_and_never_quoted() {
        let token = VendorChecksum::assemble("rbp", &"a".repeat(245));
        check(&format!("\n{token}"), "X0105", "line 2 holds what looks like a token");
        let escaped = token.replacen('b', r"\u0062", 1);
        for hidden in [token, escaped] {
            let texts = [
                format!("{{\n\"format\": \"{hidden}\"}}"),
                format!("{{\n\"{hidden}\": 1, \"format\": \"tollgate-note\"}}"),
                format!("{{\n\"version\": \"{hidden}\", \"format\": \"tollgate-note\"}}"),
            ];
            for text in texts {
                check(&text, "X0105", "line 2 holds what looks like a token");
            }
        }
    }

    #[test]
    fn a_mark_in_front_does_not_matter() {
        assert!(read::<Note>("\u{feff}{\"format\": \"tollgate-note\", \"version\": 1, \"text\": \"\"}", KIND).is_ok());
    }
}
