//! What the user chose to look at, beside what the URL says.

use leptos::prelude::*;
use tollgate_browser::analysis::{Asked, AskedSide, Breadth, CellName};

use super::place::{Side, WorkbenchPlace};
use super::test_list::TestList;

/// What is looked at on the sides. A copy is a handle on the same.
#[derive(Clone, Copy)]
pub struct Choices {
    /// The words that rows of the table must hold.
    pub words: RwSignal<String>,
    /// Which rows are listed without words.
    pub breadth: RwSignal<Breadth>,
    /// The cell that is looked into.
    pub cell: RwSignal<Option<CellName>>,
    /// The text that is pasted to be compared with.
    pub pasted: RwSignal<String>,
    /// Whether the smallest form is shown.
    pub shrinks: RwSignal<bool>,
}

impl Choices {
    pub(super) fn new() -> Self {
        Self {
            words: RwSignal::new(String::new()),
            breadth: RwSignal::new(Breadth::Notable),
            cell: RwSignal::new(None),
            pasted: RwSignal::new(String::new()),
            shrinks: RwSignal::new(false),
        }
    }

    /// The question that the open side puts to the text.
    pub(super) fn asked(
        self,
        place: RwSignal<WorkbenchPlace>,
        tests: TestList,
        guardrails: Memo<Vec<String>>,
    ) -> Memo<Asked> {
        let cases = tests.cases();
        Memo::new(move |_| {
            let side = if self.shrinks.get() { AskedSide::Smallest } else { self.side(place) };
            Asked { side, tests: cases.get(), guardrails: guardrails.get() }
        })
    }

    fn side(self, place: RwSignal<WorkbenchPlace>) -> AskedSide {
        match place.with(|place| place.side) {
            Side::Meaning => {
                AskedSide::Meaning { words: self.words.get(), breadth: self.breadth.get(), cell: self.cell.get() }
            }
            Side::Explain => {
                place.with(|place| AskedSide::Explain { method: place.method.clone(), path: place.path.clone() })
            }
            Side::Compare => AskedSide::Compare,
            Side::Lint => AskedSide::Lint,
            Side::Tests => AskedSide::Tests,
        }
    }
}
