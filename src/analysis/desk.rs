//! Where scores are worked out, some mistakes at a time.

use std::sync::Arc;

use tollgate_browser::analysis::{PlaceLook, ScoreLook, SurvivorLook, TestCase};
use tollgate_policy::suite::{Scoring, Survivor};
use tollgate_policy::{Catalog, check, position};

use super::expectations::{suite, test_case};
use super::subject::small;

/// How many mistakes that no test notices are listed; the others are counted.
const MOST_SURVIVORS: usize = 12;

/// Remembers how far the score of one text and its tests is worked out.
#[derive(Default)]
pub(crate) struct Desk {
    kept: Option<Kept>,
}

struct Kept {
    catalog: Arc<Catalog>,
    text: String,
    tests: Vec<TestCase>,
    /// None if the text is no policy.
    scoring: Option<Scoring>,
}

impl Desk {
    /// Tries so many more mistakes; another catalog or text, or other tests, begin anew. A text that is no policy has
    /// none.
    pub(crate) fn score(&mut self, catalog: &Arc<Catalog>, text: &str, tests: &[TestCase], mistakes: u32) -> ScoreLook {
        let is_of = |kept: &Kept| Arc::ptr_eq(&kept.catalog, catalog) && kept.text == text && kept.tests == tests;
        let kept = self.kept.take().filter(is_of).unwrap_or_else(|| Kept::begin(catalog, text, tests));
        let kept = self.kept.insert(kept);
        let Some(scoring) = &mut kept.scoring else { return ScoreLook::default() };
        scoring.step(usize::try_from(mistakes).unwrap_or(usize::MAX));
        look(scoring, &kept.text, catalog)
    }
}

impl Kept {
    fn begin(catalog: &Arc<Catalog>, text: &str, tests: &[TestCase]) -> Self {
        let policy = check(text, catalog).policy();
        let scoring = policy.map(|policy| Scoring::new(&policy, &suite(tests)));
        Self { catalog: Arc::clone(catalog), text: text.to_owned(), tests: tests.to_vec(), scoring }
    }
}

fn look(scoring: &Scoring, text: &str, catalog: &Catalog) -> ScoreLook {
    let score = scoring.score();
    let progress = ScoreLook {
        tried: score.mutants as u64,
        total: scoring.total() as u64,
        different: score.different() as u64,
        caught: score.caught as u64,
        percent: small(score.percent()),
        ..ScoreLook::default()
    };
    if !scoring.is_done() {
        return progress;
    }
    let survivor = |survivor: &Survivor| {
        let at = position(text, survivor.mutant.span.start);
        SurvivorLook { says: survivor.mutant.sentence(), at: PlaceLook { line: at.line, column: at.column } }
    };
    ScoreLook {
        survivors: score.survivors.iter().take(MOST_SURVIVORS).map(survivor).collect(),
        unlisted: score.survivors.len().saturating_sub(MOST_SURVIVORS) as u64,
        suggested: scoring.suggest(catalog).iter().map(test_case).collect(),
        // Whatever the steps came to, nothing is left to try.
        total: progress.tried,
        ..progress
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        r#"{"resources": {"*": {"allow": ["GET"], "block": ["*"]}, "review": {"*": {"allow": ["PUT"]}}}}"#;

    #[test]
    fn a_score_goes_on_where_it_stopped_and_its_suggestions_complete_it() {
        let (mut desk, catalog) = (Desk::default(), Arc::new(Catalog::review_board_8_1().clone()));
        let first = desk.score(&catalog, TEXT, &[], 3);
        assert_eq!((first.tried, first.is_done()), (3, false));
        assert!(first.suggested.is_empty());
        let last = desk.score(&catalog, TEXT, &[], u32::MAX);
        assert!(last.is_done() && last.tried == first.total && last.percent == 0);
        assert!(!last.survivors.is_empty() && last.survivors[0].at.line == 1);

        let whole = desk.score(&catalog, TEXT, &last.suggested, u32::MAX);
        assert_eq!((whole.percent, whole.survivors.len(), whole.suggested.len()), (100, 0, 0));
        assert_eq!(whole.different, whole.caught);
    }

    #[test]
    fn a_text_that_is_no_policy_has_no_score() {
        let catalog = Arc::new(Catalog::review_board_8_1().clone());
        assert_eq!(Desk::default().score(&catalog, "{", &[], 5), ScoreLook::default());
    }
}
