//! Resources by methods, as far as they are listed.

use tollgate_browser::analysis::{Breadth, CellShare, FoldedLook, GroupLook, RowLook, TableLook, TallyLook};
use tollgate_policy::{Effect, Matrix, MatrixCell, MatrixGroup, MatrixRow, Policy};

use super::subject::small;

/// How many rows are listed; the others are counted.
const MOST_ROWS: usize = 240;

/// How many rows there are at least without a filter: the familiar ones fill up what the policy does not name.
const FEWEST_ROWS: usize = 6;

/// The resources that administrators ask about first.
const FAMILIAR: [&str; 7] = ["review_request", "review", "review_reply", "diff", "repository", "user", "group"];

/// The rows that hold all words, or without words those that set the policy apart.
pub(super) fn table(matrix: &Matrix, policy: &Policy, words: &str, breadth: Breadth) -> TableLook {
    let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    let is_listed = listed(matrix, policy, &words, breadth);
    // What no resource implements is a matter for lint.
    let columns: Vec<usize> =
        (0..).zip(matrix.columns()).filter(|(_, column)| column.is_implemented).map(|(at, _)| at).collect();
    let all: Vec<usize> = (0..matrix.rows().len()).filter(|row| is_listed.get(*row) == Some(&true)).collect();
    let shown = all.get(..MOST_ROWS).unwrap_or(&all);
    let is_whole = breadth == Breadth::All || !words.is_empty();
    TableLook {
        columns: columns
            .iter()
            .filter_map(|at| matrix.columns().get(*at))
            .map(|column| column.method.to_string())
            .collect(),
        rows: shown.iter().filter_map(|row| Some(row_look(matrix, matrix.rows().get(*row)?, *row, &columns))).collect(),
        groups: if is_whole { groups(matrix, shown) } else { Vec::new() },
        folded: if is_whole { None } else { folded(matrix, &is_listed, &columns) },
        unlisted: small(all.len() - shown.len()),
    }
}

/// For each row, whether it is listed.
fn listed(matrix: &Matrix, policy: &Policy, words: &[String], breadth: Breadth) -> Vec<bool> {
    let rows = matrix.rows();
    if !words.is_empty() {
        let holds = |row: &MatrixRow| {
            let item_id = row.item_id.as_ref().map(ToString::to_string).unwrap_or_default();
            let name = format!("{} {item_id}", row.policy_id).to_lowercase();
            words.iter().all(|word| name.contains(word.as_str()))
        };
        return rows.iter().map(holds).collect();
    }
    if breadth == Breadth::All {
        return vec![true; rows.len()];
    }
    let mut listed: Vec<bool> = rows.iter().map(|row| policy.section(row.policy_id.as_str()).is_some()).collect();
    let mut missing = FEWEST_ROWS.saturating_sub(listed.iter().filter(|is_listed| **is_listed).count());
    for familiar in FAMILIAR {
        let mut unlisted = rows.iter().zip(&mut listed).filter(|(_, is_listed)| !**is_listed);
        let Some((_, is_listed)) = unlisted.find(|(row, _)| missing > 0 && row.policy_id.as_str() == familiar) else {
            continue;
        };
        *is_listed = true;
        missing -= 1;
    }
    // Other services have resources of their own.
    let unlisted = rows.iter().zip(&mut listed).filter(|(row, is_listed)| !**is_listed && row.item_id.is_none());
    unlisted.take(missing).for_each(|(_, is_listed)| *is_listed = true);
    listed
}

fn groups(matrix: &Matrix, shown: &[usize]) -> Vec<GroupLook> {
    let group = |group: &MatrixGroup| GroupLook {
        name: group.policy_id.to_string(),
        rows: small(shown.iter().filter(|row| group.rows.contains(*row)).count()),
    };
    matrix.groups().iter().map(group).filter(|group| group.rows > 0).collect()
}

/// The resources that are not listed: the policy has no section for any of them, so that ids make no difference.
fn folded(matrix: &Matrix, is_listed: &[bool], columns: &[usize]) -> Option<FoldedLook> {
    let hidden = || {
        let rows = matrix.rows().iter().enumerate();
        rows.filter(move |(at, row)| is_listed.get(*at) == Some(&false) && row.item_id.is_none())
    };
    let tally = |column: &usize| {
        let mut tally = TallyLook::default();
        for (at, _) in hidden().filter(|(_, row)| !row.is_closed) {
            let Some(cell) = matrix.cell(at, *column).filter(|cell| cell.has_method) else { continue };
            tally.total += 1;
            tally.allowed += u32::from(cell.effect == Effect::Allow);
        }
        tally
    };
    let resources = small(hidden().count());
    (resources > 0).then(|| FoldedLook { resources, tallies: columns.iter().map(tally).collect() })
}

fn row_look(matrix: &Matrix, row: &MatrixRow, at: usize, columns: &[usize]) -> RowLook {
    let cells: Vec<MatrixCell> = matrix.cells(at).collect();
    let cell = |column: &usize| match cells.get(*column) {
        Some(cell) if cell.has_method => share(matrix, at, *column, cell.effect),
        _ => CellShare::NoMethod,
    };
    let notes = [
        (row.is_closed, "closed to tokens"),
        (row.list_crashes, "its list fails"),
        (!row.is_known, "unknown to the server"),
    ];
    RowLook {
        policy_id: row.policy_id.to_string(),
        item_id: row.item_id.as_ref().map(ToString::to_string),
        notes: notes.into_iter().filter(|(is_so, _)| *is_so).map(|(_, note)| note.to_owned()).collect(),
        cells: columns.iter().map(cell).collect(),
    }
}

fn share(matrix: &Matrix, row: usize, column: usize, effect: Effect) -> CellShare {
    let exceptions: Vec<usize> = matrix.exceptions(row, column).collect();
    let only = match exceptions.as_slice() {
        [] => return if effect == Effect::Allow { CellShare::Allowed } else { CellShare::Blocked },
        [only] => matrix.rows().get(*only).and_then(|row| row.item_id.as_ref()).map(|id| format!("id {id}")),
        _ => None,
    };
    let ids = only.unwrap_or_else(|| format!("{} ids", exceptions.len()));
    match effect {
        Effect::Deny => CellShare::Partly { says: format!("allowed for {ids} only"), label: ids },
        Effect::Allow => CellShare::Partly { says: format!("allowed, but not for {ids}"), label: format!("not {ids}") },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tollgate_policy::{Catalog, matrix};

    const TEXT: &str = r#"{"resources": {"*": {"allow": ["GET"], "block": ["*"]},
        "repository": {"7": {"allow": ["PUT"]}}, "status_update": {"*": {"allow": ["POST", "HEAD"]}}}}"#;

    fn of(words: &str, breadth: Breadth) -> TableLook {
        let policy = Policy::stored(TEXT).unwrap();
        table(&matrix(&policy, Catalog::review_board_8_1()), &policy, words, breadth)
    }

    fn names(table: &TableLook) -> Vec<String> {
        let name = |row: &RowLook| format!("{} {}", row.policy_id, row.item_id.clone().unwrap_or_default());
        table.rows.iter().map(|row| name(row).trim().to_owned()).collect()
    }

    #[test]
    fn what_the_policy_names_is_listed_and_the_rest_is_counted() {
        let table = of("", Breadth::Notable);
        assert_eq!(table.columns, ["GET", "POST", "PUT", "DELETE"]);
        let names = names(&table);
        assert_eq!(names.len(), FEWEST_ROWS);
        for named in ["repository", "repository 7", "status_update"] {
            assert!(names.iter().any(|name| name == named), "{names:?}");
        }
        let folded = table.folded.unwrap();
        assert_eq!(folded.resources, 68 - 5);
        assert!(folded.tallies[0].allowed == folded.tallies[0].total && folded.tallies[0].total > 0);
        assert_eq!(folded.tallies[1].allowed, 0);
    }

    #[test]
    fn another_service_shows_resources_of_its_own() {
        let document = r#"{"openapi": "3.0.0", "paths": {"/a": {"get": {}}, "/b": {"get": {}}, "/c": {"patch": {}}}}"#;
        let catalog = tollgate_policy::import_openapi(document).into_catalog().unwrap();
        let policy = Policy::stored(r#"{"resources": {"c": {"*": {"block": ["PATCH"]}}}}"#).unwrap();
        let table = table(&matrix(&policy, &catalog), &policy, "", Breadth::Notable);
        assert_eq!(names(&table), ["a", "b", "c"]);
        assert_eq!((table.columns.as_slice(), table.folded), (["GET".to_owned(), "PATCH".to_owned()].as_slice(), None));
    }

    #[test]
    fn a_cell_says_for_which_ids_it_differs() {
        let table = of("repository", Breadth::Notable);
        let row = table.rows.iter().find(|row| row.policy_id == "repository" && row.item_id.is_none()).unwrap();
        let partly = CellShare::Partly { label: "id 7".to_owned(), says: "allowed for id 7 only".to_owned() };
        assert_eq!(row.cells, [CellShare::Allowed, CellShare::Blocked, partly, CellShare::Blocked]);
        assert_eq!(row.notes, ["its list fails"]);
        let item = table.rows.iter().find(|row| row.item_id.as_deref() == Some("7")).unwrap();
        assert_eq!(item.cells, [CellShare::Allowed, CellShare::NoMethod, CellShare::Allowed, CellShare::Blocked]);
    }

    #[test]
    fn a_filter_lists_what_holds_every_word_in_groups() {
        let table = of("review_group USER", Breadth::Notable);
        assert_eq!(names(&table), ["review_group_user"]);
        assert_eq!(table.groups.len(), 1);
        assert_eq!(table.groups[0].name, "group");
        let all = of("", Breadth::All);
        assert_eq!(all.groups.iter().map(|group| group.rows).sum::<u32>(), small(all.rows.len()));
        assert_eq!(all.folded, None);
    }
}
