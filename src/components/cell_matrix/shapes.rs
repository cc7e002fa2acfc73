//! What stands in the table.

/// What a method gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CellTone {
    /// It is allowed.
    Allowed,
    /// It is blocked.
    Blocked,
    /// It is allowed for some.
    Partly,
    /// The server has no such method here.
    NoMethod,
}

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct GridCell {
    /// What the method gets.
    pub tone: CellTone,
    /// A word or two in the cell; empty for an icon.
    pub label: String,
    /// The same in words: "allowed for id 7 only".
    pub says: String,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct GridRow {
    /// The resource.
    pub name: String,
    /// The item; empty for the resource itself.
    pub item: String,
    /// What is odd about it: "closed to tokens".
    pub notes: Vec<String>,
    /// One cell for each column.
    pub cells: Vec<GridCell>,
}

/// Rows that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GridGroup {
    /// What they belong to; empty for no heading.
    pub name: String,
    /// The rows.
    pub rows: Vec<GridRow>,
}

/// Rows that are not listed, as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GridRest {
    /// How many they are: "59 other resources".
    pub name: String,
    /// One cell for each column.
    pub cells: Vec<GridCell>,
}

/// Which cell, counted from 0 over the rows of all groups.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GridPlace {
    /// The row.
    pub row: usize,
    /// The column.
    pub column: usize,
}
