//! What the workbench asks about a text, and what it is told.
//!
//! These are shapes of their own, so that neither the page nor the worker depends on how an answer is made, and both
//! may be of the same build only.

mod answer;
mod asked;
mod broken;
mod catalog;
mod compare;
mod explain;
mod found;
mod meaning;
mod proposal;
mod saving;
mod score;
mod smallest;
mod tested;

pub use answer::{Analysis, Counts, Look, SideLook};
pub use asked::{Asked, AskedSide, Breadth, CellName, TestCase};
pub use broken::BrokenLook;
pub use catalog::{CatalogSource, ImportLook, ReadCatalog};
pub use compare::{ChangeLook, CompareLook, ComparisonLook, DiffCell, DiffRow, OrderLook};
pub use explain::{AnswerLook, ExplainLook, StepLook};
pub use found::{FixLook, FoundLook, FoundSeverity, LintLook};
pub use meaning::{
    CellLook, CellShare, FailingList, FoldedLook, GroupLook, MeaningLook, NotInherited, RowLook, TableLook, TallyLook,
};
pub use proposal::{EditLook, PlaceLook, ProposalLook};
pub use saving::SavingLook;
pub use score::{ScoreLook, SurvivorLook};
pub use smallest::{SizeLook, SmallerLook, SmallestLook};
pub use tested::{OutcomeLook, TestsLook};
