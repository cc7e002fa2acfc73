//! How a mistake is mended, where there is one obvious way.

use serde::Serialize;

use super::cursor::closers;
use crate::catalog::Catalog;
use crate::diagnostic::{Code, Diagnostic};
use crate::presets::quoted;
use crate::span::{Span, to_index};
use crate::syntax::correction;

/// One replacement in a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TextEdit {
    /// What is replaced; empty for an insertion.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

/// A way to mend what a diagnostic is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Fix {
    /// What it does, as a lower-case fragment without a full stop, such as "replace with `GET`".
    pub title: String,
    /// Its replacements, in order; they do not overlap.
    pub edits: Vec<TextEdit>,
}

impl Fix {
    fn one(title: impl Into<String>, span: Span, text: impl Into<String>) -> Fix {
        Fix { title: title.into(), edits: vec![TextEdit { span, text: text.into() }] }
    }

    /// The text after the fix; none if its replacements do not fit the text.
    ///
    /// ```
    /// use tollgate_policy::assist::fixes;
    /// use tollgate_policy::{Catalog, check};
    ///
    /// let text = r#"{"resources": {"*": {"block": ["put"]}}}"#;
    /// let checked = check(text, Catalog::review_board_8_1());
    /// let fixes = fixes(text, &checked.diagnostics()[0], Catalog::review_board_8_1());
    /// let fixed = fixes[0].apply(text);
    /// assert_eq!(fixed.as_deref(), Some(r#"{"resources": {"*": {"block": ["PUT"]}}}"#));
    /// assert_eq!(fixes[0].apply("{}"), None);
    /// ```
    pub fn apply(&self, text: &str) -> Option<String> {
        let mut fixed = String::with_capacity(text.len());
        let mut done = 0;
        for edit in &self.edits {
            fixed.push_str(text.get(done..to_index(edit.span.start))?);
            fixed.push_str(&edit.text);
            done = to_index(edit.span.end);
        }
        fixed.push_str(text.get(done..)?);
        Some(fixed)
    }
}

/// The ways to mend what `diagnostic` says about `text`, the likeliest first; empty where the author has to decide.
///
/// Costs at most a walk over the text, or a comparison with every id of the catalog.
///
/// ```
/// use tollgate_policy::assist::fixes;
/// use tollgate_policy::{Catalog, check};
///
/// let text = r#"{"resources": {"reviw": {"*": {"allow": []}}}}"#;
/// let checked = check(text, Catalog::review_board_8_1());
/// let fixes = fixes(text, &checked.diagnostics()[0], Catalog::review_board_8_1());
/// assert_eq!(fixes[0].title, "replace with `review`");
/// ```
pub fn fixes(text: &str, diagnostic: &Diagnostic, catalog: &Catalog) -> Vec<Fix> {
    let span = diagnostic.span();
    let marked = span.slice(text);
    let last = diagnostic.labels.last().map_or(span, |label| label.span);
    let fix = match diagnostic.code {
        Code::MissingComma => Some(Fix::one("add `,`", last, ",")),
        Code::ExtraComma => Some(Fix::one("remove the comma", last, "")),
        Code::UnquotedKey => Some(Fix::one(format!("write `{}`", quoted(marked)), span, quoted(marked))),
        Code::SingleQuotes => double_quotes(span, marked),
        Code::Comment => Some(Fix::one("remove the comment", span, "")),
        Code::ByteOrderMark => Some(Fix::one("remove the byte order mark", span, "")),
        Code::EmptyText => Some(Fix::one("write `{}`", span, "{}")),
        Code::UnclosedBracket => close(text, span),
        Code::NotJson => correct(diagnostic, span, marked),
        Code::ResourcesMissing if marked.starts_with('"') => {
            Some(Fix::one("replace with `\"resources\"`", span, "\"resources\""))
        }
        Code::UnknownPolicyId => catalog.suggest(inside(marked)).map(|meant| replace(span, meant)),
        Code::WrongCaseMethod => Some(replace(span, &inside(marked).to_ascii_uppercase())),
        _ => None,
    };
    fix.into_iter().collect()
}

/// A text without its quotes.
fn inside(marked: &str) -> &str {
    marked.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(marked)
}

fn replace(span: Span, meant: &str) -> Fix {
    Fix::one(format!("replace with `{meant}`"), span, quoted(meant))
}

fn double_quotes(span: Span, marked: &str) -> Option<Fix> {
    let inside = marked.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''))?;
    let is_plain = !inside.contains(['"', '\\']);
    is_plain.then(|| Fix::one("use double quotes", span, quoted(inside)))
}

/// Only a few brackets are closed by a fix: of a text that ends in a thousand of them, more is wrong.
fn close(text: &str, end: Span) -> Option<Fix> {
    const MOST: usize = 20;
    let closers = closers(text);
    (closers.len() <= MOST).then(|| Fix::one(format!("add `{closers}` at the end"), end, closers.clone()))
}

fn correct(diagnostic: &Diagnostic, span: Span, marked: &str) -> Option<Fix> {
    let meant = correction(marked)?;
    // The same code says other things about other words.
    let is_asked = diagnostic.help.as_ref().is_some_and(|help| *help == format!("did you mean `{meant}`?"));
    is_asked.then(|| Fix::one(format!("replace with `{meant}`"), span, meant.clone()))
}
