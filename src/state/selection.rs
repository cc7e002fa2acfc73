//! Which rows of a list are selected, and where a range begins.

use std::collections::BTreeSet;

use tollgate_tokens::TokenUid;

/// The selected rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Selection {
    rows: BTreeSet<TokenUid>,
    /// The row that was selected last: a range begins there.
    anchor: Option<TokenUid>,
}

impl Selection {
    /// Whether a row is selected.
    pub(super) fn contains(&self, row: TokenUid) -> bool {
        self.rows.contains(&row)
    }

    /// Selects a row or lets it go.
    pub(super) fn toggle(&mut self, row: TokenUid) {
        if self.rows.remove(&row) {
            self.anchor = self.anchor.filter(|anchor| *anchor != row);
        } else {
            self.rows.insert(row);
            self.anchor = Some(row);
        }
    }

    /// Selects every row from the one that was selected last to this one, in the order of the list.
    ///
    /// Without such a row in the list it selects this one alone.
    pub(super) fn extend_to(&mut self, row: TokenUid, list: &[TokenUid]) {
        let place = |row: TokenUid| list.iter().position(|other| *other == row);
        let Some(end) = place(row) else { return };
        let start = self.anchor.and_then(place).unwrap_or(end);
        self.rows.extend(list.get(start.min(end)..=start.max(end)).unwrap_or_default());
        self.anchor = Some(row);
    }

    /// Selects every row of the list, or none when all of them are selected.
    pub(super) fn toggle_all(&mut self, list: &[TokenUid]) {
        let are_all_selected = list.iter().all(|row| self.rows.contains(row));
        *self = Self::default();
        if !are_all_selected {
            self.rows.extend(list);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn row(number: u8) -> TokenUid {
        TokenUid::from_bytes([number; 16])
    }

    /// A list whose order is not that of the ids.
    static LIST: [TokenUid; 6] = [row(6), row(1), row(5), row(2), row(4), row(3)];

    #[track_caller]
    fn check(selection: &Selection, places: &[usize]) {
        let selected = LIST.iter().enumerate().filter(|(_, row)| selection.contains(**row));
        assert_eq!(selected.map(|(place, _)| place).collect::<Vec<_>>(), places);
    }

    fn toggled(places: &[usize]) -> Selection {
        let mut selection = Selection::default();
        for place in places {
            selection.toggle(LIST[*place]);
        }
        selection
    }

    #[test]
    fn a_range_begins_at_the_row_selected_last() {
        let mut selection = toggled(&[5, 1]);
        selection.extend_to(LIST[3], &LIST);
        check(&selection, &[1, 2, 3, 5]);
        selection.extend_to(LIST[0], &LIST);
        check(&selection, &[0, 1, 2, 3, 5]);
    }

    #[test]
    fn a_range_without_a_beginning_is_one_row() {
        let mut none = Selection::default();
        none.extend_to(LIST[2], &LIST);
        check(&none, &[2]);
        let mut let_go = toggled(&[4, 0, 0]);
        let_go.extend_to(LIST[2], &LIST);
        check(&let_go, &[2, 4]);
        let mut filtered_away = toggled(&[0]);
        filtered_away.extend_to(LIST[2], &LIST[1..]);
        check(&filtered_away, &[0, 2]);
    }

    #[test]
    fn all_rows_are_selected_or_none() {
        let mut selection = toggled(&[2]);
        selection.toggle_all(&LIST);
        check(&selection, &[0, 1, 2, 3, 4, 5]);
        selection.toggle_all(&LIST);
        check(&selection, &[]);
    }
}
