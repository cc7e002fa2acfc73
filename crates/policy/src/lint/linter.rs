//! The whole of lint.

use super::finding::{Finding, Report};
use super::subject::{Accepted, Subject};
use super::{fixes, rules};
use crate::catalog::Catalog;
use crate::check::Checked;
use crate::diagnostic::Diagnostic;
use crate::span::LineIndex;
use crate::syntax::MAX_DIAGNOSTICS;

/// A rule about accepted policies: it looks at the whole and reports what it finds.
type Rule = fn(&Subject<'_>, &Accepted, &mut Report);

const RULES: [Rule; 5] = [
    rules::clients_cannot_start::find,
    rules::child_left_open::find,
    rules::override_past_post::find,
    rules::id_never_matches::find,
    rules::shared_policy_id::find,
];

/// Says everything that [`check`](crate::check()) said about a text, each with its fixes, and what a look at the
/// whole policy finds beyond it.
///
/// Mistakes come first, in the order of `checked`; then warnings, then hints, both in the order of the text.
/// At most [`MAX_DIAGNOSTICS`] findings come beside those of `checked`.
/// Texts of more than a million tokens have findings, but few fixes.
/// `catalog` must be the one that the text was checked with.
///
/// Costs a second walk over the text, the preparation of the policy, and the search for what has no effect; nothing
/// grows faster than the policy times the number of methods it names, but for the sorting of names.
///
/// ```
/// use tollgate_policy::{Catalog, Code, check, lint};
///
/// let catalog = Catalog::review_board_8_1();
/// let text = r#"{"resources": {"*": {"block": ["POST"]}}}"#;
/// let findings = lint(&check(text, catalog), catalog);
/// assert_eq!(findings.len(), 1);
/// assert_eq!(findings[0].diagnostic.code, Code::OverridePastPost);
/// assert_eq!(findings[0].fixes[0].title, "block `PUT` and `DELETE` as well");
/// ```
pub fn lint(checked: &Checked, catalog: &Catalog) -> Vec<Finding> {
    let subject = Subject::new(checked, catalog);
    let with_fixes = |diagnostic: &Diagnostic| Finding::new(diagnostic.clone(), fixes::of(&subject, diagnostic));
    let mut findings: Vec<Finding> = checked.diagnostics().iter().map(with_fixes).collect();
    let Some(accepted) = &subject.accepted else { return findings };

    let mut report = Report::new(MAX_DIAGNOSTICS);
    RULES.iter().for_each(|rule| rule(&subject, accepted, &mut report));
    rules::without_effect::find(&subject, accepted, &mut findings, &mut report);
    let index = LineIndex::new(subject.layout.text());
    report.findings.iter_mut().for_each(|found| found.diagnostic.locate(&index, subject.layout.text()));
    findings.append(&mut report.findings);
    // Nothing among them is a mistake, and what `checked` said is in this order already.
    findings.sort_by_key(|found| (found.diagnostic.severity, found.diagnostic.span(), found.diagnostic.code));
    findings
}
