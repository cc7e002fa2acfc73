//! P0209 and P0210: something other than a list stands where methods should.

use crate::diagnostic::Diagnostic;
use crate::ids::Method;
use crate::lint::finding::Fix;
use crate::lint::lists;
use crate::lint::subject::Subject;
use crate::syntax::TokenKind;

/// Makes a list of it: of a text its words, of true every method, of false and null nothing.
pub(in crate::lint) fn fixes(subject: &Subject<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let layout = &subject.layout;
    let Some(value) = subject.token(diagnostic).filter(|_| subject.has_unique_keys) else { return Vec::new() };
    let methods: Vec<&str> = match layout.kind(value) {
        TokenKind::Text => {
            let words = layout.decoded(value).unwrap_or_default();
            words.split([' ', ',', ';', '|']).filter(|word| !word.is_empty()).collect()
        }
        TokenKind::True => vec![Method::ANY],
        TokenKind::False | TokenKind::Null => Vec::new(),
        _ => return Vec::new(),
    };
    let list = lists::written(&methods);
    vec![Fix::new(format!("write `{list}`"), vec![layout.replace(value, list)])]
}
