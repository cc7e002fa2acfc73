//! Resources by methods, with cells that can be looked into: one stop of Tab, arrow keys move between the cells.

mod rows;
mod shapes;
mod steps;
mod table;

pub use shapes::{CellTone, GridCell, GridGroup, GridPlace, GridRest, GridRow};
pub use table::CellMatrix;
