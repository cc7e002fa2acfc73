//! The fields of question and answer.

/// The text to check.
pub(super) const TEXT: &str = "text";

/// The report, as JSON.
pub(super) const ANSWER: &str = "answer";
