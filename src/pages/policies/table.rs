//! The table of resources and methods, in the shapes of its component.

use crate::components::{CellTone, GridCell, GridGroup, GridPlace, GridRest, GridRow};
use crate::format;
use crate::state::workbench::{CellName, CellShare, GroupLook, RowLook, TableLook, TallyLook};

/// The rows in their groups; one group without a name where there are none.
pub(super) fn groups(table: &TableLook) -> Vec<GridGroup> {
    let mut rows = table.rows.iter().map(row);
    if table.groups.is_empty() {
        return vec![GridGroup { name: String::new(), rows: rows.collect() }];
    }
    let group = |group: &GroupLook| GridGroup {
        name: group.name.clone(),
        rows: rows.by_ref().take(usize::try_from(group.rows).unwrap_or(usize::MAX)).collect(),
    };
    table.groups.iter().map(group).collect()
}

/// What is not listed, as one row.
pub(super) fn rest(table: &TableLook) -> Option<GridRest> {
    let folded = table.folded.as_ref()?;
    let name = format::plural(u64::from(folded.resources), "other resource", "other resources");
    Some(GridRest { name, cells: folded.tallies.iter().map(tally).collect() })
}

/// The name of the cell in a place.
pub(super) fn name_of(table: &TableLook, at: GridPlace) -> Option<CellName> {
    let (row, method) = (table.rows.get(at.row)?, table.columns.get(at.column)?);
    Some(CellName { policy_id: row.policy_id.clone(), item_id: row.item_id.clone(), method: method.clone() })
}

/// The place of the cell with a name.
pub(super) fn place_of(table: &TableLook, name: &CellName) -> Option<GridPlace> {
    let is_row = |row: &RowLook| row.policy_id == name.policy_id && row.item_id == name.item_id;
    let row = table.rows.iter().position(is_row)?;
    Some(GridPlace { row, column: table.columns.iter().position(|method| *method == name.method)? })
}

fn row(row: &RowLook) -> GridRow {
    GridRow {
        name: row.policy_id.clone(),
        item: row.item_id.clone().unwrap_or_default(),
        notes: row.notes.clone(),
        cells: row.cells.iter().map(cell).collect(),
    }
}

fn cell(cell: &CellShare) -> GridCell {
    let (tone, label, says) = match cell {
        CellShare::Allowed => (CellTone::Allowed, "", "allowed"),
        CellShare::Blocked => (CellTone::Blocked, "", "blocked"),
        CellShare::Partly { label, says } => (CellTone::Partly, label.as_str(), says.as_str()),
        CellShare::NoMethod => (CellTone::NoMethod, "", "the server has no such method"),
    };
    GridCell { tone, label: label.to_owned(), says: says.to_owned() }
}

fn tally(tally: &TallyLook) -> GridCell {
    let TallyLook { allowed, partly, total } = *tally;
    let share = format!("{}/{total}", allowed + partly);
    let (tone, label, says) = match (allowed, partly) {
        _ if total == 0 => (CellTone::NoMethod, String::new(), "the server has no such method".to_owned()),
        (0, 0) => (CellTone::Blocked, String::new(), "blocked".to_owned()),
        (allowed, 0) if allowed == total => (CellTone::Allowed, String::new(), "allowed".to_owned()),
        _ => (CellTone::Partly, share.clone(), format!("allowed for {share} of them")),
    };
    GridCell { tone, label, says }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_found_by_its_name_again() {
        let row = |item_id: Option<&str>| RowLook {
            policy_id: "review".to_owned(),
            item_id: item_id.map(str::to_owned),
            notes: Vec::new(),
            cells: vec![CellShare::Allowed, CellShare::Blocked],
        };
        let columns = vec!["GET".to_owned(), "PUT".to_owned()];
        let table = TableLook { columns, rows: vec![row(None), row(Some("7"))], ..TableLook::default() };
        let at = GridPlace { row: 1, column: 1 };
        let name = name_of(&table, at).unwrap();
        assert_eq!((name.item_id.as_deref(), name.method.as_str()), (Some("7"), "PUT"));
        assert_eq!(place_of(&table, &name), Some(at));
        assert_eq!(groups(&table).len(), 1);
        assert_eq!(name_of(&table, GridPlace { row: 2, column: 0 }), None);
    }
}
