//! `/policies`: the workbench. A policy’s text on one side, on the other what it means, decides, changes and lacks.

mod broken;
mod cell;
mod compare;
mod compared;
mod explain;
mod head;
mod lint;
mod meaning;
mod page;
mod proposals;
mod score;
mod sides;
mod smallest;
mod table;
mod test_form;
mod test_rows;
mod tested;
mod text;
mod tools;
mod unexpected;

pub(crate) use page::PoliciesPage;
