//! What is wrong, odd or pointless about the text, with ways to be rid of it and what these change.

use tollgate_browser::analysis::{FixLook, FoundLook, FoundSeverity, LintLook};
use tollgate_policy::assist::fixes;
use tollgate_policy::rewrite::{apply, remove};
use tollgate_policy::{NoEffect, Redundant, Severity, Span, TextEdit, Unit, check, compare, without_effect};

use super::changes::{Group, grouped};
use super::subject::Subject;
use super::words::Named;

/// How many findings are listed; the others are counted.
const MOST_FOUND: usize = 100;

/// How many bytes are read again, at most, to say what fixes change.
const MOST_READ: usize = 256 * 1024;

/// How many changes of a fix are told; the others are counted.
const MOST_CHANGES: usize = 2;

/// One finding, before it is known what its fixes change.
struct Found {
    code: &'static str,
    severity: FoundSeverity,
    message: String,
    help: String,
    span: Span,
    fixes: Vec<Fix>,
}

/// A way to be rid of a finding.
struct Fix {
    title: String,
    edits: Vec<TextEdit>,
    /// Whether it is proved that no decision changes.
    keeps_decisions: bool,
}

pub(super) fn look(subject: &Subject<'_>) -> LintLook {
    let all = found(subject);
    let unlisted = all.len().saturating_sub(MOST_FOUND) + subject.checked.omitted();
    let mut budget = MOST_READ;
    let listed = all.into_iter().take(MOST_FOUND).map(|found| FoundLook {
        code: found.code.to_owned(),
        severity: found.severity,
        message: found.message,
        help: found.help,
        at: subject.place(found.span.start),
        fixes: found.fixes.into_iter().map(|fix| fix_look(subject, fix, &mut budget)).collect(),
    });
    LintLook { found: listed.collect(), unlisted: unlisted as u64 }
}

/// How many findings there are.
pub(super) fn count(subject: &Subject<'_>) -> u64 {
    let more = redundant(subject).len() + subject.checked.omitted();
    (subject.checked.diagnostics().len() + more) as u64
}

/// Everything that is found, worst first. Whoever finds more about a text is asked here.
fn found(subject: &Subject<'_>) -> Vec<Found> {
    let text = subject.text();
    let diagnostics = subject.checked.diagnostics().iter().map(|found| {
        let ways = fixes(text, found, subject.catalog).into_iter().map(|fix| Fix {
            title: fix.title,
            edits: fix.edits.into_iter().map(|edit| TextEdit { span: edit.span, text: edit.text }).collect(),
            keeps_decisions: false,
        });
        Found {
            code: found.code.id(),
            severity: severity(found.severity),
            message: found.message.clone(),
            help: found.help.clone().unwrap_or_default(),
            span: found.span(),
            fixes: ways.collect(),
        }
    });
    let pointless = redundant(subject).into_iter().map(|redundant| pointless(subject, &redundant));
    diagnostics.chain(pointless).collect()
}

/// What could be deleted without changing a decision, as far as nothing else is said about the same piece of text.
fn redundant(subject: &Subject<'_>) -> Vec<Redundant> {
    let Some(policy) = &subject.policy else { return Vec::new() };
    let mut told: Vec<Span> = subject.checked.diagnostics().iter().map(|found| found.span()).collect();
    told.sort_unstable();
    let mut found = without_effect(subject.checked.document(), policy.policy());
    found.retain(|redundant| told.binary_search(&redundant.unit.span()).is_err());
    found
}

fn pointless(subject: &Subject<'_>, redundant: &Redundant) -> Found {
    let span = redundant.unit.span();
    let (what, act) = match redundant.unit {
        Unit::Entry { .. } => (format!("the entry {}", shown(span.slice(subject.text()))), "remove the entry"),
        Unit::RuleSet { .. } => ("this rule set".to_owned(), "remove the rule set"),
        Unit::Section { .. } => ("this section".to_owned(), "remove the section"),
    };
    let why = match redundant.reason {
        NoEffect::MatchesNothing => "no request can match it",
        NoEffect::Repeated => "its list says the same once more",
        NoEffect::Overruled => "the same rule set blocks it just as exactly",
        NoEffect::Implied => "what is asked without it decides the same",
    };
    let edits = remove(subject.checked.document(), redundant.unit.pointer());
    let fix = edits.map(|edits| Fix { title: act.to_owned(), edits, keeps_decisions: true });
    Found {
        code: "",
        severity: FoundSeverity::Note,
        message: format!("{what} changes nothing"),
        help: why.to_owned(),
        span,
        fixes: fix.into_iter().collect(),
    }
}

/// An entry as it is written, in backticks; entries that are no short texts are not shown.
fn shown(entry: &str) -> String {
    const LONGEST: usize = 24;
    let inside = entry.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(entry);
    let is_plain = inside.chars().count() <= LONGEST && !inside.contains(char::is_control);
    if is_plain { format!("`{inside}`") } else { "here".to_owned() }
}

fn fix_look(subject: &Subject<'_>, fix: Fix, budget: &mut usize) -> FixLook {
    let changes = if fix.keeps_decisions {
        "changes no decision".to_owned()
    } else if let Some(rest) = budget.checked_sub(subject.text().len()) {
        *budget = rest;
        changes(subject, &fix.edits).unwrap_or_default()
    } else {
        String::new()
    };
    FixLook { title: fix.title, edits: subject.edits(&fix.edits), changes }
}

/// What edits change, as a lower-case fragment; none if they do not fit.
fn changes(subject: &Subject<'_>, edits: &[TextEdit]) -> Option<String> {
    let text = apply(subject.text(), edits)?;
    let Some(after) = check(&text, subject.catalog).policy() else {
        return Some("the text is refused all the same, for another reason".to_owned());
    };
    let Some(before) = subject.policy.as_ref().map(|policy| policy.policy()) else {
        return Some("the server then accepts the text".to_owned());
    };
    let compared = compare(before, &after, subject.catalog);
    let named = Named::by(before, &after);
    let mut groups = grouped(&compared.changes);
    // A misspelled method is decided otherwise as well, but no client sends it.
    groups.retain(Group::has_real_method);
    let mut told: Vec<String> =
        groups.iter().take(MOST_CHANGES).map(|group| group.sentence(&named, subject.catalog)).collect();
    if groups.len() > MOST_CHANGES {
        told.push(format!("{} more", groups.len() - MOST_CHANGES));
    }
    Some(if told.is_empty() { "changes no decision".to_owned() } else { told.join("; ") })
}

fn severity(severity: Severity) -> FoundSeverity {
    match severity {
        Severity::Error => FoundSeverity::Error,
        Severity::Warning => FoundSeverity::Warning,
        Severity::Hint => FoundSeverity::Note,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tollgate_policy::Catalog;

    fn lint(text: &str) -> LintLook {
        let checked = check(text, Catalog::review_board_8_1());
        let subject = Subject::of(&checked);
        let look = look(&subject);
        assert_eq!(count(&subject), look.found.len() as u64 + look.unlisted);
        look
    }

    #[test]
    fn a_fix_says_what_it_grants() {
        let text = r#"{"resources": {"*": {"allow": ["GET"], "block": ["*"]}, "review": {"*": {"allow": ["put"]}}}}"#;
        let look = lint(text);
        let wrong_case = look.found.iter().find(|found| found.code == "P0304").unwrap();
        assert_eq!(wrong_case.severity, FoundSeverity::Warning);
        let [fix] = wrong_case.fixes.as_slice() else { panic!("{:?}", wrong_case.fixes) };
        assert_eq!(fix.title, "replace with `PUT`");
        assert_eq!((fix.edits[0].was.as_str(), fix.edits[0].text.as_str()), ("\"put\"", "\"PUT\""));
        assert_eq!(fix.changes, "allows PUT on all reviews");
    }

    #[test]
    fn what_is_pointless_can_be_removed_without_changing_a_decision() {
        let text = r#"{"resources": {"*": {"allow": ["GET"], "block": ["*", "PUT"]}}}"#;
        let look = lint(text);
        let found = look.found.iter().find(|found| found.message == "the entry `PUT` changes nothing").unwrap();
        assert_eq!(found.fixes[0].changes, "changes no decision");
        assert_eq!(found.fixes[0].edits.len(), 1);
    }

    #[test]
    fn a_refused_text_has_findings_and_a_fix_says_that_it_is_accepted_then() {
        let look = lint(r#"{"resources": {"reviw": {"*": {"allow": []}}}}"#);
        assert_eq!(look.found[0].code, "P0205");
        assert_eq!(look.found[0].fixes[0].changes, "the server then accepts the text");
    }
}
