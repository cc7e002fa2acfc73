//! The whole answer to one question.

use tollgate_browser::analysis::{Asked, AskedSide, Look, SideLook};
use tollgate_policy::{Catalog, Checked};

use super::counts::counts;
use super::subject::Subject;
use super::{compare, expectations, explain, guardrails, lint, meaning, saving, smallest};

/// Looks at a text that was checked with a catalog: what is asked about it, perhaps against another text, and what
/// stands beside every side.
///
/// Costs a few walks over the text, and a look at all classes of requests for each guardrail. Finding the edits that
/// turn a decision around, as Explain and a chosen cell of Meaning do, reads it about twenty times more.
pub(crate) fn look(checked: &Checked, catalog: &Catalog, against: Option<&str>, asked: &Asked) -> Look {
    let subject = Subject::of(checked, catalog);
    let side = match &asked.side {
        AskedSide::Nothing => SideLook::Nothing,
        AskedSide::Meaning { words, breadth, cell } => {
            SideLook::Meaning(Box::new(meaning::look(&subject, words, *breadth, cell.as_ref())))
        }
        AskedSide::Explain { method, path } => SideLook::Explain(explain::look(&subject, method, path)),
        AskedSide::Compare => SideLook::Compare(compare::look(&subject, against)),
        AskedSide::Lint => SideLook::Lint(lint::look(&subject)),
        AskedSide::Tests => SideLook::Tests(expectations::look(&subject, &asked.tests)),
        AskedSide::Smallest => SideLook::Smallest(smallest::look(&subject)),
        AskedSide::Saving => SideLook::Saving(saving::look(&subject, against)),
    };
    let broken = guardrails::broken(&subject, &asked.guardrails);
    Look { counts: counts(&subject, against, &asked.tests), broken, side }
}
