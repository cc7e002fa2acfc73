//! What the policy allows, and what its author might not expect of it.

use tollgate_browser::analysis::{Breadth, CellName, FailingList, MeaningLook, NotInherited};
use tollgate_policy::{Access, Catalog, CompiledPolicy, Matrix, Outline, Resource, matrix, power};

use super::cell;
use super::requests::any_path;
use super::subject::{Subject, small};
use super::table::table;

/// How many resources with rules that do not reach what is below them are named.
const MOST_NOT_INHERITED: usize = 3;

/// How many resources below one are named.
const MOST_BELOW: usize = 4;

pub(super) fn look(subject: &Subject<'_>, words: &str, breadth: Breadth, chosen: Option<&CellName>) -> MeaningLook {
    let Some(compiled) = &subject.policy else { return MeaningLook::default() };
    let (policy, catalog) = (compiled.policy(), subject.catalog);
    let power = power(compiled, catalog);
    let matrix = matrix(policy, catalog);
    MeaningLook {
        sentence: power.sentence(),
        allowed: small(power.allowed_operations()),
        total: small(power.total_operations()),
        atoms: Outline::of(policy).atom_count(),
        table: table(&matrix, policy, words, breadth),
        failing: failing(&matrix, catalog),
        not_inherited: not_inherited(compiled, catalog),
        shared: shared(compiled, catalog),
        cell: chosen.and_then(|name| cell::look(subject, &matrix, name)),
    }
}

fn failing(matrix: &Matrix, catalog: &Catalog) -> Vec<FailingList> {
    let crashing = matrix.rows().iter().filter(|row| row.list_crashes);
    let list = crashing.filter_map(|row| {
        let policy_id = row.policy_id.as_str();
        let resource = catalog.by_policy_id(policy_id).find(|resource| resource.readable_list().is_some())?;
        Some(FailingList { noun: resource.plural_words(), path: any_path(catalog, policy_id, None) })
    });
    list.collect()
}

/// Resources with rules, and those right below them that have none and are decided otherwise.
fn not_inherited(policy: &CompiledPolicy, catalog: &Catalog) -> Vec<NotInherited> {
    let sections = policy.policy().sections().iter();
    let found = sections.filter_map(|section| {
        let policy_id = section.policy_id().as_str();
        // Everything is below the root, and nobody expects its rules to reach there.
        let resource = catalog.by_policy_id(policy_id).find(|resource| resource.parent.is_some())?;
        let mut below: Vec<String> = Vec::new();
        for child in catalog.resources().iter().filter(|child| child.parent.as_deref() == Some(&*resource.name)) {
            let name = child.policy_id.to_string();
            if is_left_out(policy, resource, child) && !below.contains(&name) {
                below.push(name);
            }
        }
        below.truncate(MOST_BELOW);
        (!below.is_empty()).then(|| NotInherited { policy_id: policy_id.to_owned(), below })
    });
    found.take(MOST_NOT_INHERITED).collect()
}

fn is_left_out(policy: &CompiledPolicy, resource: &Resource, child: &Resource) -> bool {
    let differs = |method: &str| {
        let decide = |resource: &Resource| policy.decide(&resource.policy_id, method, None).effect;
        resource.implements(method) && decide(resource) != decide(child)
    };
    child.token_access == Access::Open
        && policy.policy().section(&child.policy_id).is_none()
        && child.methods.iter().any(|method| differs(method))
}

fn shared(policy: &CompiledPolicy, catalog: &Catalog) -> Vec<String> {
    let sections = policy.policy().sections().iter().map(|section| section.policy_id().as_str());
    sections.filter(|policy_id| catalog.by_policy_id(policy_id).count() > 1).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tollgate_policy::check;

    fn meaning(text: &str) -> MeaningLook {
        let checked = check(text, Catalog::review_board_8_1());
        look(&Subject::of(&checked, Catalog::review_board_8_1()), "", Breadth::Notable, None)
    }

    #[test]
    fn a_policy_is_told_with_what_its_author_might_not_expect() {
        let text = r#"{"resources": {"*": {"block": ["*"]}, "repository": {"7": {"allow": ["GET"]}, "*": {"allow": ["GET"]}},
            "review": {"*": {"allow": ["GET"]}}}}"#;
        let meaning = meaning(text);
        assert_eq!(
            meaning.failing,
            [FailingList { noun: "repositories".to_owned(), path: "/api/repositories/".to_owned() }]
        );
        assert_eq!(meaning.shared, ["review"]);
        let repository = meaning.not_inherited.iter().find(|found| found.policy_id == "repository").unwrap();
        assert!(repository.below.contains(&"repository_branches".to_owned()), "{repository:?}");
        assert!(meaning.allowed > 0 && meaning.total == 168 && meaning.atoms > 0);
    }

    #[test]
    fn full_access_leaves_nothing_to_expect_and_a_refused_text_means_nothing() {
        let everything = meaning("{}");
        assert_eq!((everything.allowed, everything.sentence.as_str()), (168, "read and write everything"));
        assert!(everything.failing.is_empty() && everything.not_inherited.is_empty() && everything.shared.is_empty());
        assert_eq!(meaning("{"), MeaningLook::default());
    }
}
