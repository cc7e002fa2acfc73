//! What the workbench says in sentences, put together from what was found.

use tollgate_browser::analysis::{ChangeLook, ComparisonLook, Counts, OrderLook, ProposalLook, ScoreLook, SizeLook};

use super::place::Side;
use crate::format;

/// How many changes a sentence names before it counts the rest.
const MOST_NAMED: usize = 3;

/// What stands behind the word of a tab; empty for nothing.
pub(super) fn tab_count(side: Side, counts: Counts, tests: usize) -> String {
    match side {
        Side::Meaning | Side::Explain => String::new(),
        Side::Compare => match counts.changed {
            None | Some((0, 0)) => String::new(),
            Some((granted, 0)) => format!("+{granted}"),
            Some((0, removed)) => format!("−{removed}"),
            Some((granted, removed)) => format!("+{granted} −{removed}"),
        },
        Side::Lint if counts.found == 0 => String::new(),
        Side::Lint => counts.found.to_string(),
        Side::Tests => match counts.met {
            Some(met) if tests > 0 => format!("{met} of {tests}"),
            _ => String::new(),
        },
    }
}

/// How much the text allows, held against something, as a sentence.
#[must_use]
pub fn order(order: OrderLook, against: &str) -> String {
    match order {
        OrderLook::Equal => format!("Decides every request as {against} does."),
        OrderLook::More => format!("Allows all that {against} allows, and more."),
        OrderLook::Less => format!("Allows less than {against}, and nothing else."),
        OrderLook::Incomparable => {
            format!("Neither more nor less than {against}: each allows something that the other does not.")
        }
    }
}

/// What is granted and what is removed, as sentences; empty if nothing changes.
#[must_use]
pub fn summary(look: &ComparisonLook) -> String {
    let told = |is_granted: bool, verb: &str| {
        let of_kind = || look.changes.iter().filter(move |change| change.is_granted == is_granted);
        let named: Vec<String> = of_kind().take(MOST_NAMED).map(about).collect();
        let more = of_kind().count().saturating_sub(MOST_NAMED);
        let more = (more > 0).then(|| format!("{more} more"));
        let all: Vec<&str> = named.iter().map(String::as_str).chain(more.as_deref()).collect();
        (!all.is_empty()).then(|| format!("{verb} {}.", format::list(all)))
    };
    [told(true, "Grants"), told(false, "Removes")].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn about(change: &ChangeLook) -> String {
    format!("{} on {}", change.methods, change.what)
}

/// What a proposal changes beside what is wanted, as sentences.
#[must_use]
pub fn also(proposal: &ProposalLook) -> String {
    if proposal.also.is_empty() {
        return "Nothing else changes.".to_owned();
    }
    let more = (proposal.unlisted > 0).then(|| format!("{} more", proposal.unlisted));
    let all = format::list(proposal.also.iter().map(String::as_str).chain(more.as_deref()));
    let kinds = format::plural(u64::from(proposal.also_atoms), "other kind of request", "other kinds of request");
    format!("Also {all}: {kinds}.")
}

/// A size in words: `3 entries, 2 rule sets, 1 section, 120 bytes`.
#[must_use]
pub fn size(size: &SizeLook) -> String {
    [
        format::plural(size.entries, "entry", "entries"),
        format::plural(size.rule_sets, "rule set", "rule sets"),
        format::plural(size.sections, "section", "sections"),
        format::bytes(size.bytes),
    ]
    .join(", ")
}

/// How good the tests are, as a heading.
#[must_use]
pub fn score(look: &ScoreLook) -> String {
    match (look.caught, look.different) {
        (_, 0) => "There is no mistake to make in this policy".to_owned(),
        (caught, different) => format!(
            "{} of {} meaningful changes are caught, {} %",
            format::count(usize::try_from(caught).unwrap_or(usize::MAX)),
            format::count(usize::try_from(different).unwrap_or(usize::MAX)),
            look.percent
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(is_granted: bool, methods: &str, what: &str) -> ChangeLook {
        let (methods, what) = (methods.to_owned(), what.to_owned());
        ChangeLook { is_granted, what, methods, method: String::new(), path: String::new() }
    }

    fn comparison(changes: Vec<ChangeLook>) -> ComparisonLook {
        ComparisonLook {
            order: OrderLook::Incomparable,
            granted: 1,
            removed: 4,
            stay: 0,
            atoms: 10,
            changed_atoms: 5,
            columns: Vec::new(),
            rows: Vec::new(),
            unlisted_rows: 0,
            changes,
            unlisted: 0,
        }
    }

    #[test]
    fn a_comparison_is_told_in_two_sentences() {
        let mut changes = vec![change(true, "PUT", "repository 7")];
        changes.extend(["a", "b", "c", "d"].map(|what| change(false, "DELETE", what)));
        let says = summary(&comparison(changes));
        assert_eq!(says, "Grants PUT on repository 7. Removes DELETE on a, DELETE on b, DELETE on c and 1 more.");
        assert_eq!(summary(&comparison(Vec::new())), "");
    }

    #[test]
    fn tabs_count_what_there_is_to_see() {
        let counts = Counts { found: 3, changed: Some((3, 12)), met: Some(5) };
        let told = Side::ALL.map(|side| tab_count(side, counts, 6));
        assert_eq!(told, ["", "", "+3 −12", "3", "5 of 6"]);
        let nothing = Side::ALL.map(|side| tab_count(side, Counts::default(), 0));
        assert_eq!(nothing, [""; 5]);
    }

    #[test]
    fn side_effects_are_told_and_so_is_that_there_are_none() {
        let mut proposal = ProposalLook::default();
        assert_eq!(also(&proposal), "Nothing else changes.");
        proposal.also = vec!["allows PUT on all other reviews".to_owned()];
        proposal.also_atoms = 2;
        assert_eq!(also(&proposal), "Also allows PUT on all other reviews: 2 other kinds of request.");
    }

    #[test]
    fn sizes_and_scores_are_told_in_numbers() {
        let told = size(&SizeLook { entries: 1, rule_sets: 2, sections: 0, bytes: 63 });
        assert_eq!(told, "1 entry, 2 rule sets, 0 sections, 63 bytes");
        let look = ScoreLook { different: 34, caught: 31, percent: 91, ..ScoreLook::default() };
        assert_eq!(score(&look), "31 of 34 meaningful changes are caught, 91 %");
    }
}
