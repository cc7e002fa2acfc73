//! What stands beside every side, in numbers.

use tollgate_browser::analysis::{Counts, TestCase};
use tollgate_policy::{CompiledPolicy, Policy};

use super::operations::Operations;
use super::subject::Subject;
use super::{expectations, lint};

pub(super) fn counts(subject: &Subject<'_>, against: Option<&str>, tests: &[TestCase]) -> Counts {
    let changed = || {
        let after = subject.policy.as_ref()?;
        let before = CompiledPolicy::new(&Policy::stored(against?)?);
        let operations = Operations::between(&before, after, subject.catalog);
        Some((operations.granted, operations.removed))
    };
    let met = subject.policy.as_ref().map(|policy| expectations::met(policy, tests));
    Counts { found: lint::count(subject), changed: changed(), met }
}
