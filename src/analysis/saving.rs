//! What is told of a text before it is saved, and what is recorded with it.

use std::collections::BTreeSet;

use tollgate_browser::analysis::SavingLook;
use tollgate_policy::Severity;

use super::compare;
use super::subject::Subject;

pub(super) fn look(subject: &Subject<'_>, against: Option<&str>) -> SavingLook {
    let found = subject.findings();
    let count = |wanted: Severity| found.iter().filter(|found| found.diagnostic.severity == wanted).count() as u64;
    let codes: BTreeSet<&str> = found.iter().map(|found| found.diagnostic.code.id()).collect();
    SavingLook {
        is_accepted: subject.checked.verdict().is_accepted(),
        codes: codes.into_iter().map(str::to_owned).collect(),
        warnings: count(Severity::Warning),
        notes: count(Severity::Hint),
        compared: compare::look(subject, against),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tollgate_browser::analysis::CompareLook;
    use tollgate_policy::{Catalog, check};

    fn told(text: &str, against: Option<&str>) -> SavingLook {
        let checked = check(text, Catalog::review_board_8_1());
        look(&Subject::of(&checked, Catalog::review_board_8_1()), against)
    }

    #[test]
    fn each_code_is_recorded_once_however_often_it_is_found() {
        let look = told(r#"{"resources": {"review": {"*": {"allow": ["get", "put"], "block": ["*"]}}}}"#, None);
        assert!(look.is_accepted && look.warnings >= 2, "{look:?}");
        assert_eq!(look.codes.iter().filter(|code| *code == "P0304").count(), 1, "{look:?}");
        assert!(look.codes.is_sorted(), "{look:?}");
    }

    #[test]
    fn a_text_is_held_against_the_one_before_it_unless_it_is_refused() {
        let block = r#"{"resources": {"*": {"block": ["DELETE"]}}}"#;
        assert!(matches!(told(block, Some("{}")).compared, CompareLook::Compared(_)));
        let refused = told("{", Some("{}"));
        assert!(!refused.is_accepted && matches!(refused.compared, CompareLook::Silent(_)));
    }
}
