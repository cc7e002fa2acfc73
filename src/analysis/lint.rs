//! What is wrong, odd or pointless about the text, with ways to be rid of it and what these change.

use tollgate_browser::analysis::{FixLook, FoundLook, FoundSeverity, LintLook};
use tollgate_policy::{Finding, Fix, Severity, TextEdit, check, compare, rewrite};

use super::changes::{Group, grouped};
use super::subject::Subject;
use super::words::Named;

/// How many findings are listed; the others are counted.
const MOST_FOUND: usize = 100;

/// How many bytes are read again, at most, to say what fixes change.
const MOST_READ: usize = 256 * 1024;

/// How many changes of a fix are told; the others are counted.
const MOST_CHANGES: usize = 2;

pub(super) fn look(subject: &Subject<'_>) -> LintLook {
    let all = subject.findings();
    let unlisted = all.len().saturating_sub(MOST_FOUND) + subject.checked.omitted();
    let mut budget = MOST_READ;
    let listed = all.iter().take(MOST_FOUND).map(|found| found_look(subject, found, &mut budget));
    LintLook { found: listed.collect(), unlisted: unlisted as u64 }
}

/// How many findings there are.
pub(super) fn count(subject: &Subject<'_>) -> u64 {
    (subject.findings().len() + subject.checked.omitted()) as u64
}

fn found_look(subject: &Subject<'_>, found: &Finding, budget: &mut usize) -> FoundLook {
    let Finding { diagnostic, fixes, .. } = found;
    FoundLook {
        code: diagnostic.code.id().to_owned(),
        severity: severity(diagnostic.severity),
        message: diagnostic.message.clone(),
        help: diagnostic.help.clone().unwrap_or_default(),
        at: subject.place(diagnostic.span().start),
        fixes: fixes.iter().map(|fix| fix_look(subject, fix, budget)).collect(),
    }
}

fn fix_look(subject: &Subject<'_>, fix: &Fix, budget: &mut usize) -> FixLook {
    let changes = if fix.keeps_decisions {
        "changes no decision".to_owned()
    } else if let Some(rest) = budget.checked_sub(subject.text().len()) {
        *budget = rest;
        changes(subject, &fix.edits).unwrap_or_default()
    } else {
        String::new()
    };
    FixLook { title: fix.title.clone(), edits: subject.edits(&fix.edits), changes }
}

/// What edits change, as a lower-case fragment; none if they do not fit.
fn changes(subject: &Subject<'_>, edits: &[TextEdit]) -> Option<String> {
    let text = rewrite::apply(subject.text(), edits)?;
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
        let subject = Subject::of(&checked, Catalog::review_board_8_1());
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
        assert_eq!(fix.title, "write `PUT`");
        assert_eq!((fix.edits[0].was.as_str(), fix.edits[0].text.as_str()), ("\"put\"", "\"PUT\""));
        assert_eq!(fix.changes, "allows PUT on all reviews");
    }

    #[test]
    fn what_is_pointless_can_be_removed_without_changing_a_decision() {
        let text = r#"{"resources": {"*": {"allow": ["GET"], "block": ["*", "PUT"]}}}"#;
        let look = lint(text);
        let found = look
            .found
            .iter()
            .find(|found| found.message.starts_with("`PUT`") && found.message.ends_with("has no effect"))
            .unwrap();
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
