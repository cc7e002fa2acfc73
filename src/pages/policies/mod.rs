//! `/policies` and `/policies/:uid`: the workbench, on a draft or on a policy of the library. Its text is on one side,
//! on the other what it means, decides, changes and lacks.

mod broken;
mod cell;
mod compare;
mod compared;
mod elsewhere;
mod explain;
mod head;
mod lint;
mod meaning;
mod named;
mod page;
mod proposals;
mod score;
mod share;
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
