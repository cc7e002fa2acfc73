//! The whole check of a text, and its outcome.

use serde::Serialize;

use super::{meaning, normal_form, shape, validate};
use crate::catalog::Catalog;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::pointer::JsonPointer;
use crate::policy::Policy;
use crate::syntax::{Document, MAX_DIAGNOSTICS, locate, parse};

/// What the server would say to a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Verdict {
    /// It takes the policy.
    Accepted,
    /// It refuses the policy because of the first check that fails, in its own order of checks.
    Refused {
        /// The failing check; [`Code::NotJson`] for every mistake of syntax.
        code: Code,
        /// The value it fails on.
        pointer: JsonPointer,
    },
    /// It should refuse the policy but fails itself (HTTP 500); Tollgate refuses.
    RefusedWhereOriginalCrashes {
        /// The check it has no words for.
        code: Code,
        /// The value it fails on.
        pointer: JsonPointer,
    },
}

impl Verdict {
    /// Whether the policy may be stored.
    pub fn is_accepted(&self) -> bool {
        *self == Verdict::Accepted
    }
}

/// A text, checked.
#[derive(Clone, Debug)]
pub struct Checked {
    document: Document,
    diagnostics: Vec<Diagnostic>,
    omitted: usize,
    verdict: Verdict,
    policy: Option<Policy>,
}

impl Checked {
    /// The text and what could be read from it.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// Everything there is to say: mistakes of syntax, then failing checks in the server's order, then warnings and
    /// hints; at most [`MAX_DIAGNOSTICS`].
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// How many findings were counted beyond those kept.
    pub fn omitted(&self) -> usize {
        self.omitted
    }

    /// What the server would say.
    pub fn verdict(&self) -> &Verdict {
        &self.verdict
    }

    /// The policy, if the server accepts it.
    pub fn policy(&self) -> Option<Policy> {
        self.policy.clone()
    }
}

/// Checks a text as Review Board 8.1 does, in its order, but reports everything that is wrong or odd.
///
/// Costs no more than reading the text, but for the sorting of keys.
///
/// ```
/// use tollgate_policy::{Catalog, Code, Verdict, check};
///
/// let checked = check(r#"{"resources": {"review": 1, "*": {}}}"#, Catalog::review_board_8_1());
/// let codes: Vec<Code> = checked.diagnostics().iter().map(|diagnostic| diagnostic.code).collect();
/// assert_eq!(codes, [Code::SectionWithoutRules, Code::ResourceNotObject]);
/// assert!(matches!(checked.verdict(), Verdict::Refused { code: Code::SectionWithoutRules, .. }));
/// ```
pub fn check(text: &str, catalog: &Catalog) -> Checked {
    let document = parse(text);
    let failures = validate::failures(document.tree(), catalog);
    let verdict = verdict(&document, &failures);
    let policy = if verdict.is_accepted() { normal_form::read(document.tree()) } else { None };

    let mut warnings = Sink::new(MAX_DIAGNOSTICS);
    shape::warn(document.tree(), &mut warnings);
    if let Some(policy) = &policy {
        meaning::warn(policy, catalog, &mut warnings);
    }
    let (diagnostics, omitted) = join(&document, failures, warnings);
    Checked { document, diagnostics, omitted, verdict, policy }
}

impl Policy {
    /// The policy in a text that a server holds already, whether or not it would accept it today.
    ///
    /// Servers do not check policies that programs hand to them directly, and forget no policy when an extension
    /// that defined a resource goes away. Unknown resources, empty rule sets and an empty `resources` are therefore
    /// read as the server's own evaluation reads them.
    /// The answer is none if the text is not JSON or has a shape on which that evaluation fails or has accidental
    /// meaning, such as a text where a list of methods should be.
    ///
    /// ```
    /// use tollgate_policy::Policy;
    ///
    /// assert!(Policy::stored(r#"{"resources": {"gone_extension": {"7": {}}}}"#).is_some());
    /// assert!(Policy::stored(r#"{"resources": {"*": {"allow": "GET"}}}"#).is_none());
    /// ```
    pub fn stored(text: &str) -> Option<Policy> {
        let document = parse(text);
        if document.is_json() { normal_form::read(document.tree()) } else { None }
    }
}

fn verdict(document: &Document, failures: &Sink) -> Verdict {
    if !document.is_json() {
        return Verdict::Refused { code: Code::NotJson, pointer: JsonPointer::root() };
    }
    match failures.kept().first() {
        None => Verdict::Accepted,
        Some(Diagnostic { code: code @ Code::ResourceNotObject, pointer, .. }) => {
            Verdict::RefusedWhereOriginalCrashes { code: *code, pointer: pointer.clone() }
        }
        Some(Diagnostic { code, pointer, .. }) => Verdict::Refused { code: *code, pointer: pointer.clone() },
    }
}

/// Brings all findings in order: syntax, failing checks, then warnings by place.
fn join(document: &Document, failures: Sink, warnings: Sink) -> (Vec<Diagnostic>, usize) {
    let text = document.text();
    let mut found = Sink::new(MAX_DIAGNOSTICS);
    let (errors, syntax_warnings) = document.diagnostics().split_at(document.error_count());
    errors.iter().for_each(|diagnostic| found.push(|| diagnostic.clone()));
    found.append(failures);

    let (mut later, omitted_later) = warnings.into_parts();
    later.extend_from_slice(syntax_warnings);
    later.sort_by_key(|diagnostic| (diagnostic.severity, diagnostic.span(), diagnostic.code));
    later.into_iter().for_each(|diagnostic| found.push(|| diagnostic));

    let (mut diagnostics, omitted) = found.into_parts();
    locate(&mut diagnostics, text);
    (diagnostics, omitted + omitted_later + document.omitted())
}
