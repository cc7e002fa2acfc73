//! The workbench: a policy’s text, and what every side of it says.
//!
//! What is said is worked out by `crate::analysis`, here for small texts and in the worker for large ones; this folder
//! says when, keeps what the user chose, and holds the way back.

mod asking;
mod bench;
mod catalog;
mod choices;
mod edits;
mod guarded;
mod history;
mod left;
mod live;
mod merged;
mod opened;
mod place;
mod scoring;
mod sheet;
mod start;
mod test_form;
mod test_list;
mod versions;
mod words;

pub use bench::Workbench;
pub use catalog::BenchCatalog;
pub use choices::Choices;
pub use place::{Against, Side, WorkbenchPlace};
pub use scoring::Scores;
pub(super) use sheet::Sheet;
pub use start::pretty;
pub use test_form::TestForm;
pub use test_list::{ALLOWED, BLOCKED, TestList, TestRow, wanted};
pub use tollgate_browser::analysis::{
    AnswerLook, Breadth, BrokenLook, CellLook, CellName, CellShare, ChangeLook, CompareLook, ComparisonLook, DiffCell,
    EditLook, ExplainLook, FixLook, FoundLook, FoundSeverity, GroupLook, LintLook, MeaningLook, NotInherited,
    OutcomeLook, PlaceLook, ProposalLook, RowLook, ScoreLook, SideLook, SmallerLook, SmallestLook, StepLook,
    SurvivorLook, TableLook, TallyLook, TestCase, TestsLook,
};
pub use words::{also, order, score, size, summary};
