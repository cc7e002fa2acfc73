//! The library of policies: its list, templates, one policy on the workbench, and giving policies to tokens.

mod acts;
mod aside;
mod assign;
mod effect;
mod incoming;
mod list;
mod named;
mod open_file;
mod plan;
mod rows;
mod save;
mod saving;
mod share;
mod suite;
mod templates;

pub(super) use aside::Aside;
pub use aside::AsideOffer;
pub use assign::AssignForm;
pub use effect::EffectLook;
pub(super) use incoming::{Edit, LeftAt};
pub use incoming::{Foreign, Incoming};
pub use list::{LibraryList, LibraryState, LibraryView};
pub use named::NamedView;
pub use open_file::OpenFile;
pub use plan::{AssignView, EffectView};
pub use rows::{PolicyFacts, PolicyRow, UseRow, VersionRow};
pub use save::{SaveForm, SaveTarget, ToSave};
pub use share::ShareForm;
pub(super) use suite::test_cases;
pub use templates::{TemplateRow, templates};
