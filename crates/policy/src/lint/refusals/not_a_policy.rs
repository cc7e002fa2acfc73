//! P0201, P0203 and P0204: there are no rules in the document.

use crate::diagnostic::Diagnostic;
use crate::lint::finding::Fix;
use crate::lint::subject::Subject;
use crate::rewrite::TextEdit;
use crate::span::Span;

const READ_ONLY_RESOURCES: &str = r#"{"*": {"allow": ["GET"], "block": ["*"]}}"#;

/// Starts the whole document anew.
pub(in crate::lint) fn fix_document(subject: &Subject<'_>, _: &Diagnostic) -> Vec<Fix> {
    if subject.layout.len() == 0 { Vec::new() } else { starts(subject.layout.span_of_value(0)) }
}

/// Starts the rules anew.
pub(in crate::lint) fn fix_resources(subject: &Subject<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let resources = subject.token(diagnostic).filter(|_| subject.has_unique_keys);
    let fix = |value| Fix::new("allow reading only", vec![subject.layout.replace(value, READ_ONLY_RESOURCES)]);
    resources.map(fix).into_iter().collect()
}

/// The policies to start from, in the place of whatever stands at `span`.
pub(in crate::lint) fn starts(span: Span) -> Vec<Fix> {
    let read_only = TextEdit { span, text: format!("{{\"resources\": {READ_ONLY_RESOURCES}}}") };
    let full_access = TextEdit { span, text: "{}".to_owned() };
    vec![Fix::new("allow reading only", vec![read_only]), Fix::new("allow everything", vec![full_access])]
}
