//! P0202: the document has no `resources`.

use crate::diagnostic::Diagnostic;
use crate::ids::Method;
use crate::lint::finding::Fix;
use crate::lint::layout::Layout;
use crate::lint::subject::Subject;
use crate::rewrite::TextEdit;
use crate::span::Span;
use crate::syntax::TokenKind;

/// Writes the key that was meant, or puts rules that stand outside of it inside.
pub(in crate::lint) fn fixes(subject: &Subject<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let layout = &subject.layout;
    let Some(marked) = subject.token(diagnostic).filter(|_| subject.has_unique_keys) else { return Vec::new() };
    if layout.kind(marked) == TokenKind::Text {
        return vec![Fix::new("write `resources`", vec![layout.replace(marked, "\"resources\"")])];
    }
    let has_only = |is_fitting: &dyn Fn(&str) -> bool| {
        layout.items(marked).all(|member| layout.decoded(member).is_some_and(is_fitting))
    };
    if has_only(&|key: &str| key == Method::ANY || subject.catalog.is_known(key)) {
        vec![wrap("put the rules under `resources`", layout, marked, "{\"resources\": ", "}")]
    } else if has_only(&|key: &str| matches!(key, "allow" | "block")) {
        let title = "make these the rules for everything";
        vec![wrap(title, layout, marked, "{\"resources\": {\"*\": ", "}}")]
    } else {
        Vec::new()
    }
}

fn wrap(title: &str, layout: &Layout<'_>, value: usize, before: &str, after: &str) -> Fix {
    let span = layout.span_of_value(value);
    let edit = |offset, text: &str| TextEdit { span: Span::empty_at(offset), text: text.to_owned() };
    Fix::new(title, vec![edit(span.start, before), edit(span.end, after)])
}
