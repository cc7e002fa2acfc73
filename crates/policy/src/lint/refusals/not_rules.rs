//! P0206 and P0207: something other than rules stands where rules should; the first makes the server crash.

use crate::diagnostic::Diagnostic;
use crate::lint::finding::Fix;
use crate::lint::subject::Subject;
use crate::syntax::TokenKind;

/// Makes rules for all items of methods that stand in the place of a section, or removes it.
pub(in crate::lint) fn fix_section(subject: &Subject<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    fix(subject, diagnostic, |rules| format!("{{\"*\": {rules}}}"))
}

/// Makes rules of methods that stand in their place, or puts rules where they belong, or removes them.
pub(in crate::lint) fn fix_rules(subject: &Subject<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    match rules_without_item(subject, diagnostic) {
        Some(fix) => vec![fix],
        None => fix(subject, diagnostic, |rules| rules),
    }
}

fn fix(subject: &Subject<'_>, diagnostic: &Diagnostic, place: impl Fn(String) -> String) -> Vec<Fix> {
    let layout = &subject.layout;
    let Some(value) = subject.token(diagnostic).filter(|_| subject.has_unique_keys) else { return Vec::new() };
    let methods = match layout.kind(value) {
        TokenKind::OpenBracket => Some(layout.source(value).to_owned()),
        TokenKind::Text => Some(format!("[{}]", layout.source(value))),
        _ => None,
    };
    let mut fixes = Vec::new();
    if let Some(methods) = methods {
        let allow = place(format!("{{\"allow\": {methods}, \"block\": [\"*\"]}}"));
        let block = place(format!("{{\"block\": {methods}}}"));
        fixes.push(Fix::new("allow only these methods", vec![layout.replace(value, allow)]));
        fixes.push(Fix::new("block these methods", vec![layout.replace(value, block)]));
    }
    let member = value.checked_sub(2);
    // A section may be empty, but `resources` may not.
    let may_go = |member: &usize| layout.enclosing(*member) != subject.resources || !layout.is_only_item(*member);
    let remove = |member| Fix::new("remove it", vec![layout.remove(member)]);
    fixes.extend(member.filter(may_go).map(remove));
    fixes
}

/// Lists of methods that stand in a section itself are meant for all items.
fn rules_without_item(subject: &Subject<'_>, diagnostic: &Diagnostic) -> Option<Fix> {
    let layout = &subject.layout;
    let member = subject.token(diagnostic)?.checked_sub(2).filter(|_| subject.has_unique_keys)?;
    let section = layout.enclosing(member).filter(|section| Some(*section) != subject.resources)?;
    let is_list = |member: usize| {
        let is_name = matches!(layout.decoded(member), Some("allow" | "block"));
        is_name && layout.kind(member + 2) == TokenKind::OpenBracket
    };
    if !layout.items(section).all(is_list) {
        return None;
    }
    let rules = format!("{{\"*\": {}}}", layout.source(section));
    Some(Fix::new("make these the rules for all items", vec![layout.replace(section, rules)]))
}
