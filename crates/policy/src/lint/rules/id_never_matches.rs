//! P0318: rules for an id that no item can have.

use crate::catalog::{Access, Resource, matches_pattern};
use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::lint::finding::{Finding, Fix, Report};
use crate::lint::subject::{Accepted, Subject};
use crate::policy::{Place, RuleSet, Section};
use crate::presets;

/// Reports rule sets for ids that fit no pattern of the catalog, or whose resource has no items.
pub(in crate::lint) fn find(subject: &Subject<'_>, accepted: &Accepted, report: &mut Report) {
    for section in accepted.policy.sections().iter().filter(|section| section.names_ids()) {
        let policy_id = section.policy_id().as_str();
        let is_open = |resource: &&Resource| resource.token_access == Access::Open;
        let resources: Vec<&Resource> = subject.catalog.by_policy_id(policy_id).filter(is_open).collect();
        let Some(patterns) = patterns(&resources).filter(|_| !resources.is_empty()) else { continue };
        for rules in accepted.policy.rule_sets_of(section) {
            let Place::Item { item_id, .. } = rules.place() else { continue };
            let id = item_id.as_str();
            if !patterns.iter().any(|pattern| matches_pattern(pattern, id)) {
                report.push(|| {
                    let diagnostic = diagnostic(section, rules, id, &patterns);
                    Finding::new(diagnostic, fixes(subject, rules, id, &patterns))
                });
            }
        }
    }
}

/// What the ids of the resources look like; none if that is not known of one of them.
fn patterns<'c>(resources: &[&'c Resource]) -> Option<Vec<&'c str>> {
    let with_items = resources.iter().filter(|resource| resource.item_key.is_some());
    with_items.map(|resource| resource.item_id_pattern.as_deref().filter(|pattern| is_understood(pattern))).collect()
}

/// Whether a pattern has the form of those in our own catalog; of others nothing is said.
fn is_understood(pattern: &str) -> bool {
    let count = pattern.strip_prefix('[').and_then(|rest| rest.rsplit_once(']')).map(|(_, count)| count);
    count.is_some_and(|count| count == "+" || count.starts_with("{1,"))
}

fn diagnostic(section: &Section, rules: &RuleSet, id: &str, patterns: &[&str]) -> Diagnostic {
    let (id, policy_id) = (quoted(id), quoted(section.policy_id().as_str()));
    let (message, label) = match patterns.first() {
        Some(pattern) => (format!("no {policy_id} can have the id {id}"), format!("ids look like `{pattern}`")),
        None => (format!("{policy_id} has no items, so that none has the id {id}"), "never asked".to_owned()),
    };
    Diagnostic::new(Code::IdNeverMatches, rules.key_span(), message, label)
        .help("write the id as it stands in the URL, or `\"*\"` for all requests")
        .at(rules.place().pointer())
}

fn fixes(subject: &Subject<'_>, rules: &RuleSet, id: &str, patterns: &[&str]) -> Vec<Fix> {
    let Some(rules) = subject.layout.at(rules.key_span().start).filter(|_| subject.has_unique_keys) else {
        return Vec::new();
    };
    let section = subject.layout.enclosing(rules);
    let is_free = |id: &String| section.is_some_and(|section| subject.layout.value(section, id).is_none());
    let meant = match patterns {
        [] => Some("*".to_owned()),
        patterns => patterns.iter().find_map(|pattern| core_of(pattern, id)),
    };
    let write =
        |id: String| Fix::new(format!("write `{id}`"), vec![subject.layout.replace(rules, presets::quoted(&id))]);
    let mut fixes: Vec<Fix> = meant.filter(is_free).map(write).into_iter().collect();
    fixes.push(subject.removal("remove these rules", rules));
    fixes
}

/// The id that is left when what does not belong is cut off at both ends: `42` of `#42`.
fn core_of(pattern: &str, id: &str) -> Option<String> {
    let is_foreign = |character: char| !matches_pattern(pattern, character.encode_utf8(&mut [0; 4]));
    let core = id.trim_matches(is_foreign);
    matches_pattern(pattern, core).then(|| core.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_core_of_an_id_fits_the_pattern() {
        assert_eq!(core_of("[0-9]+", "#42"), Some("42".to_owned()));
        assert_eq!(core_of("[0-9]+", " 42/"), Some("42".to_owned()));
        assert_eq!(core_of("[0-9]+", "4-2"), None);
        assert_eq!(core_of("[0-9]+", "admin"), None);
        assert_eq!(core_of("[A-Za-z0-9]{1,64}", &format!("{}!", "a".repeat(65))), None);
    }

    #[test]
    fn other_patterns_are_not_understood() {
        assert!(is_understood("[0-9]+") && is_understood("[A-Za-z0-9]{1,64}"));
        assert!(!is_understood(r"\d+") && !is_understood("[0-9]*") && !is_understood(""));
    }
}
