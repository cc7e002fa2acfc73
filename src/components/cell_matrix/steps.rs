//! Where keys lead in the table.

use super::shapes::{CellTone, GridCell, GridGroup, GridPlace};

pub(super) fn cells(groups: &[GridGroup]) -> Vec<&[GridCell]> {
    groups.iter().flat_map(|group| &group.rows).map(|row| row.cells.as_slice()).collect()
}

/// Whether there is something to press.
fn is_pressable(cells: &[&[GridCell]], at: GridPlace) -> bool {
    let cell = cells.get(at.row).and_then(|row| row.get(at.column));
    cell.is_some_and(|cell| cell.tone != CellTone::NoMethod)
}

/// The place that a key leads to, if any; what cannot be pressed is passed over.
pub(super) fn step(key: &str, at: GridPlace, cells: &[&[GridCell]]) -> Option<GridPlace> {
    let columns = cells.get(at.row)?.len();
    let in_row = |column| GridPlace { column, ..at };
    let in_column = |row| GridPlace { row, ..at };
    let can = |place: &GridPlace| is_pressable(cells, *place);
    match key {
        "ArrowRight" => (at.column + 1..columns).map(in_row).find(can),
        "ArrowLeft" => (0..at.column).rev().map(in_row).find(can),
        "ArrowDown" => (at.row + 1..cells.len()).map(in_column).find(can),
        "ArrowUp" => (0..at.row).rev().map(in_column).find(can),
        "Home" => (0..columns).map(in_row).find(can),
        "End" => (0..columns).rev().map(in_row).find(can),
        _ => None,
    }
}

/// The only stop of Tab: where the focus was last, or the first cell that can be pressed.
pub(super) fn stop_of(cells: &[&[GridCell]], last: GridPlace) -> GridPlace {
    let all = cells.iter().enumerate().flat_map(|(row, cells)| (0..cells.len()).map(move |column| (row, column)));
    let mut all = all.map(|(row, column)| GridPlace { row, column });
    if is_pressable(cells, last) { last } else { all.find(|at| is_pressable(cells, *at)).unwrap_or_default() }
}

#[cfg(test)]
mod tests {
    use super::super::shapes::GridRow;
    use super::*;

    fn row(tones: &str) -> GridRow {
        let tone = |letter| if letter == 'x' { CellTone::NoMethod } else { CellTone::Allowed };
        let cell = |letter| GridCell { tone: tone(letter), label: String::new(), says: String::new() };
        GridRow {
            name: String::new(),
            item: String::new(),
            notes: Vec::new(),
            cells: tones.chars().map(cell).collect(),
        }
    }

    #[test]
    fn arrows_pass_over_what_cannot_be_pressed() {
        let groups = [
            GridGroup { name: String::new(), rows: vec![row("yxyy")] },
            GridGroup { name: String::new(), rows: vec![row("xyxx"), row("yyyx")] },
        ];
        let cells = cells(&groups);
        let at = |row, column| GridPlace { row, column };
        assert_eq!(step("ArrowRight", at(0, 0), &cells), Some(at(0, 2)));
        assert_eq!(step("ArrowDown", at(0, 0), &cells), Some(at(2, 0)));
        assert_eq!(step("ArrowUp", at(2, 2), &cells), Some(at(0, 2)));
        assert_eq!(step("End", at(1, 1), &cells), Some(at(1, 1)));
        assert_eq!(step("ArrowLeft", at(1, 1), &cells), None);
        assert_eq!(step("a", at(0, 0), &cells), None);
        assert_eq!(stop_of(&cells, at(1, 0)), at(0, 0));
        assert_eq!(stop_of(&cells, at(2, 1)), at(2, 1));
        assert_eq!(stop_of(&[], at(2, 1)), at(0, 0));
    }
}
