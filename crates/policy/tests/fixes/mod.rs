//! What every fix promises: it fits the text, its finding is gone, the server still accepts the policy, and no
//! decision changes where it says so.

use std::ops::RangeInclusive;

use tollgate_policy::{Catalog, Checked, Finding, Fix, are_equivalent, check, lint};

/// A text with all that is said about it.
pub(crate) struct Linted {
    text: String,
    checked: Checked,
    pub(crate) findings: Vec<Finding>,
}

pub(crate) fn linted(text: &str) -> Linted {
    let checked = check(text, Catalog::review_board_8_1());
    let findings = lint(&checked, Catalog::review_board_8_1());
    Linted { text: text.to_owned(), checked, findings }
}

impl Linted {
    /// Every fix, with its finding.
    pub(crate) fn fixes(&self) -> Vec<(&Finding, &Fix)> {
        self.findings.iter().flat_map(|finding| finding.fixes.iter().map(move |fix| (finding, fix))).collect()
    }

    /// The text after a fix.
    pub(crate) fn fixed(&self, fix: &Fix) -> Result<String, String> {
        fix.apply(&self.text).ok_or_else(|| format!("{fix:?} does not fit {:?}", self.text))
    }

    pub(crate) fn keeps_promises(&self, finding: &Finding, fix: &Fix) -> Result<(), String> {
        let fixed = self.fixed(fix)?;
        let what = || format!("`{}` of {}: {:?} becomes {fixed:?}", fix.title, finding.diagnostic.code, self.text);
        if fixed == self.text {
            return Err(format!("nothing changes by {}", what()));
        }
        let after = linted(&fixed);
        if !is_gone(finding, fix, &self.findings, &after.findings) {
            return Err(format!("the finding is still there after {}", what()));
        }
        if let Some(policy) = self.checked.policy() {
            let changed = after.checked.policy();
            let changed = changed.ok_or_else(|| format!("the server refuses what is left after {}", what()))?;
            if fix.keeps_decisions && !are_equivalent(&policy, &changed) {
                return Err(format!("some decision changes by {}", what()));
            }
        }
        Ok(())
    }
}

/// There are fewer findings like it, or those that are left stand elsewhere.
fn is_gone(finding: &Finding, fix: &Fix, before: &[Finding], after: &[Finding]) -> bool {
    let is_like_it = |other: &&Finding| {
        (other.diagnostic.code, &other.diagnostic.message) == (finding.diagnostic.code, &finding.diagnostic.message)
    };
    let here = landing(fix, finding.diagnostic.span().start);
    let is_here = |other: &Finding| here.contains(&i64::from(other.diagnostic.span().start));
    after.iter().filter(is_like_it).count() < before.iter().filter(is_like_it).count()
        || !after.iter().filter(is_like_it).any(is_here)
}

/// Where the byte at `place` may stand after a fix: all of what is written in its place if it is replaced, and both
/// sides of what is inserted right before it.
fn landing(fix: &Fix, place: u32) -> RangeInclusive<i64> {
    let place = i64::from(place);
    let (mut first, mut last) = (place, place);
    for edit in &fix.edits {
        let (start, end) = (i64::from(edit.span.start), i64::from(edit.span.end));
        let written = i64::try_from(edit.text.len()).unwrap();
        if end > place {
            if start <= place {
                first -= place - start;
                last += start + written - place;
            }
            continue;
        }
        let shift = written - (end - start);
        let is_right_before = start == place;
        first += if is_right_before { 0 } else { shift };
        last += shift;
    }
    first..=last
}
