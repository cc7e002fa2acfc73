//! One cell of the table, looked into.

use tollgate_browser::analysis::{CellLook, CellName};
use tollgate_policy::{Effect, Matrix, MatrixCell, MatrixRow};

use super::proposals;
use super::requests::{any_path, path};
use super::subject::Subject;

const CLOSED: &str = "No policy opens a resource that is closed to API tokens.";

/// Looks into a cell; none if the table has no such row or column, as may be after the text was changed.
pub(super) fn look(subject: &Subject<'_>, matrix: &Matrix, name: &CellName) -> Option<CellLook> {
    let is_named = |row: &MatrixRow| {
        row.policy_id.as_str() == name.policy_id
            && row.item_id.as_ref().map(|id| id.as_str()) == name.item_id.as_deref()
    };
    let row = matrix.rows().iter().position(is_named)?;
    let column = matrix.columns().iter().position(|column| column.method.as_str() == name.method)?;
    let (cell, about) = (matrix.cell(row, column)?, matrix.rows().get(row)?);
    let item_id = name.item_id.as_deref();
    let request = path(subject.catalog, &name.policy_id, item_id, &name.method)
        .unwrap_or_else(|| any_path(subject.catalog, &name.policy_id, item_id));
    let flips = matrix.toggle(row, column, subject.catalog);
    Some(CellLook {
        name: name.clone(),
        is_allowed: cell.effect == Effect::Allow,
        says: says(&cell, about),
        pointer: cell.pointer.as_ref().filter(|_| !about.is_closed).map(ToString::to_string).unwrap_or_default(),
        at: subject.begin(cell.span.filter(|_| !about.is_closed)),
        request,
        flips: proposals::looks(subject, name, &flips),
        unchangeable: if about.is_closed { CLOSED.to_owned() } else { String::new() },
    })
}

fn says(cell: &MatrixCell, row: &MatrixRow) -> String {
    if row.is_closed {
        return "the resource is closed to API tokens, whatever a policy says".to_owned();
    }
    let reason = cell.decision.row.describe();
    if cell.has_method { reason.to_owned() } else { format!("{reason}; the server has no such method here") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tollgate_policy::{Catalog, check, matrix};

    fn cell(text: &str, policy_id: &str, item_id: Option<&str>, method: &str) -> Option<CellLook> {
        let checked = check(text, Catalog::review_board_8_1());
        let matrix = matrix(&checked.policy().unwrap(), Catalog::review_board_8_1());
        let item_id = item_id.map(str::to_owned);
        let name = CellName { policy_id: policy_id.to_owned(), item_id, method: method.to_owned() };
        look(&Subject::of(&checked, Catalog::review_board_8_1()), &matrix, &name)
    }

    #[test]
    fn a_cell_names_the_rule_that_decides_and_what_would_turn_it() {
        let text = "{\"resources\": {\n\"*\": {\"allow\": [\"GET\"], \"block\": [\"*\"]}}}";
        let found = cell(text, "review", None, "POST").unwrap();
        assert!(!found.is_allowed);
        assert_eq!(found.says, "the rules for everything block every method");
        assert_eq!(found.pointer, "/resources/*/block/0");
        assert_eq!(found.at.map(|at| at.line), Some(2));
        assert_eq!(found.request, "/api/review-requests/42/reviews/");
        assert_eq!(found.flips[0].does, ["add `POST` to `allow` of the rules for `review`"]);
    }

    #[test]
    fn a_cell_that_nothing_turns_says_so() {
        let found = cell("{}", "api_token", None, "GET").unwrap();
        assert!(found.flips.is_empty() && !found.unchangeable.is_empty() && found.pointer.is_empty());
        assert_eq!(cell("{}", "review", Some("7"), "GET"), None);
    }
}
