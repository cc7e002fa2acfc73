//! What lint says: a diagnostic, what it covers, and how to be rid of it.

use crate::diagnostic::Diagnostic;
use crate::pointer::JsonPointer;
use crate::rewrite::{TextEdit, apply};

/// One thing that lint says about a policy text.
///
/// ```
/// use tollgate_policy::{Catalog, check, lint};
///
/// let catalog = Catalog::review_board_8_1();
/// let checked = check(r#"{"resources": {"*": {"block": ["post"]}}}"#, catalog);
/// let findings = lint(&checked, catalog);
/// let finding = findings.first().ok_or("none")?;
/// assert_eq!(finding.diagnostic.message, "the method `post` is not in capitals");
/// assert_eq!(finding.fixes.first().map(|fix| fix.title.as_str()), Some("write `POST`"));
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What is said, and where.
    pub diagnostic: Diagnostic,
    /// Ways to be rid of it, the best first; empty where only the author can know.
    pub fixes: Vec<Fix>,
    /// The entries, rule sets and sections that this finding says have no effect.
    ///
    /// Each of them could be removed alone without changing a decision. No two findings of a text name the same.
    pub without_effect: Vec<JsonPointer>,
}

impl Finding {
    pub(super) fn new(diagnostic: Diagnostic, fixes: Vec<Fix>) -> Finding {
        Finding { diagnostic, fixes, without_effect: Vec::new() }
    }
}

/// An edit of the text after which a finding is gone.
///
/// ```
/// use tollgate_policy::{Catalog, check, lint};
///
/// let catalog = Catalog::review_board_8_1();
/// let text = r#"{"resources": {"*": {"block": ["PUT",]}}}"#;
/// let findings = lint(&check(text, catalog), catalog);
/// let fix = findings.first().and_then(|finding| finding.fixes.first()).ok_or("none")?;
/// assert_eq!(fix.apply(text).as_deref(), Some(r#"{"resources": {"*": {"block": ["PUT"]}}}"#));
/// assert_eq!(fix.apply("{}"), None);
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as a lower-case fragment for a button or a menu.
    pub title: String,
    /// The replacements, in the order of the text; they do not overlap.
    pub edits: Vec<TextEdit>,
    /// Whether every decision of the policy stays the same.
    pub keeps_decisions: bool,
}

impl Fix {
    /// The text after the fix; none if its edits do not fit the text.
    ///
    /// Costs one walk over the text.
    pub fn apply(&self, text: &str) -> Option<String> {
        apply(text, &self.edits)
    }

    /// A fix that may change decisions.
    pub(super) fn new(title: impl Into<String>, mut edits: Vec<TextEdit>) -> Fix {
        edits.sort_by_key(|edit| edit.span);
        Fix { title: title.into(), edits, keeps_decisions: false }
    }

    pub(super) fn keeping_decisions(mut self, keeps_decisions: bool) -> Fix {
        self.keeps_decisions = keeps_decisions;
        self
    }
}

/// Findings of rules, up to a limit; those beyond it cost nothing.
#[derive(Debug)]
pub(super) struct Report {
    limit: usize,
    pub(super) findings: Vec<Finding>,
}

impl Report {
    pub(super) fn new(limit: usize) -> Report {
        Report { limit, findings: Vec::new() }
    }

    /// Keeps a finding and says which one it is; none if there is no more room.
    pub(super) fn push(&mut self, make: impl FnOnce() -> Finding) -> Option<usize> {
        let index = self.findings.len();
        (index < self.limit).then(|| self.findings.push(make()))?;
        Some(index)
    }
}
