//! P0307: a key without meaning.

use crate::diagnostic::Diagnostic;
use crate::lint::finding::Fix;
use crate::lint::subject::Subject;
use crate::lint::words;
use crate::presets::quoted;
use crate::syntax::TokenKind;

/// Writes the key of the list that was probably meant, or removes the member.
pub(in crate::lint) fn fixes(subject: &Subject<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let Some(member) = subject.token(diagnostic).filter(|_| subject.has_unique_keys) else { return Vec::new() };
    let mut fixes: Vec<Fix> = rename(subject, member).into_iter().collect();
    let remove = Fix::new("remove it", vec![subject.layout.remove(member)]);
    fixes.push(remove.keeping_decisions(true));
    fixes
}

/// Makes a list of rules of a list under a key such as `deny`, unless the rules have that list already.
pub(in crate::lint) fn rename(subject: &Subject<'_>, member: usize) -> Option<Fix> {
    let layout = &subject.layout;
    let meant = words::meant_list(layout.decoded(member)?)?.as_str();
    let rules = layout.enclosing(member)?;
    let is_document = layout.enclosing(rules).is_none();
    if is_document || layout.kind(member + 2) != TokenKind::OpenBracket || layout.value(rules, meant).is_some() {
        return None;
    }
    Some(Fix::new(format!("write `{meant}`"), vec![layout.replace(member, quoted(meant))]))
}
