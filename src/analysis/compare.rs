//! What differs from another text.

use tollgate_browser::analysis::{CompareLook, ComparisonLook, DiffCell, DiffRow, OrderLook};
use tollgate_policy::{CompiledPolicy, Order, Policy, compare};

use super::changes::grouped;
use super::operations::{Flow, Operations, Reach};
use super::subject::{REFUSED, Subject, small};
use super::words::Named;

/// How many changes are listed; the others are counted.
const MOST_CHANGES: usize = 60;

/// How many resources are listed; the others are counted.
const MOST_ROWS: usize = 24;

/// The methods that come first in the table; others that a catalog has come behind them.
const METHODS: [&str; 4] = ["GET", "POST", "PUT", "DELETE"];

pub(super) fn look(subject: &Subject<'_>, against: Option<&str>) -> CompareLook {
    let Some(after) = &subject.policy else { return CompareLook::Silent(REFUSED.to_owned()) };
    let Some(against) = against else {
        return CompareLook::Silent("Choose what to compare with.".to_owned());
    };
    let Some(before) = Policy::stored(against) else {
        return CompareLook::Silent("The other text is no policy, so there is nothing to compare with.".to_owned());
    };
    CompareLook::Compared(Box::new(comparison(subject, &before, after)))
}

fn comparison(subject: &Subject<'_>, before: &Policy, after: &CompiledPolicy) -> ComparisonLook {
    let operations = Operations::between(&CompiledPolicy::new(before), after, subject.catalog);
    let compared = compare(before, after.policy(), subject.catalog);
    let named = Named::by(before, after.policy());
    let groups = grouped(&compared.changes);
    let columns = columns(&operations);
    let mut rows = rows(&operations, &columns);
    let unlisted_rows = small(rows.len().saturating_sub(MOST_ROWS));
    rows.truncate(MOST_ROWS);
    ComparisonLook {
        order: match compared.order {
            Order::Equal => OrderLook::Equal,
            Order::More => OrderLook::More,
            Order::Less => OrderLook::Less,
            Order::Incomparable => OrderLook::Incomparable,
        },
        granted: operations.granted,
        removed: operations.removed,
        stay: operations.stay,
        atoms: compared.atoms,
        changed_atoms: compared.granted + compared.removed,
        columns,
        rows,
        unlisted_rows,
        changes: groups.iter().take(MOST_CHANGES).map(|group| group.look(&named, subject.catalog)).collect(),
        unlisted: small(groups.len().saturating_sub(MOST_CHANGES)),
    }
}

/// The methods that any resource has.
fn columns(operations: &Operations) -> Vec<String> {
    let mut columns: Vec<String> = Vec::new();
    for (method, _) in operations.rows.iter().flat_map(|row| &row.flows) {
        if !columns.contains(method) {
            columns.push(method.clone());
        }
    }
    columns.sort_by_key(|method| METHODS.iter().position(|first| method == first).unwrap_or(METHODS.len()));
    columns
}

/// The resources with operations that change; those that share a policy id are one row.
fn rows(operations: &Operations, columns: &[String]) -> Vec<DiffRow> {
    let mut rows: Vec<(String, Vec<Option<Flow>>)> = Vec::new();
    for row in &operations.rows {
        let flow = |method: &String| row.flows.iter().find(|(found, _)| found == method).map(|(_, flow)| flow.clone());
        let flows: Vec<Option<Flow>> = columns.iter().map(flow).collect();
        match rows.iter_mut().find(|(policy_id, _)| *policy_id == row.policy_id) {
            None => rows.push((row.policy_id.clone(), flows)),
            Some((_, known)) => {
                for (known, more) in known.iter_mut().zip(flows) {
                    *known = known.take().or(more);
                }
            }
        }
    }
    let changes =
        |flow: &Option<Flow>| flow.as_ref().is_some_and(|flow| flow.granted.is_some() || flow.removed.is_some());
    let changed = rows.into_iter().filter(|(_, flows)| flows.iter().any(changes));
    changed.map(|(policy_id, flows)| DiffRow { policy_id, cells: flows.into_iter().map(cell).collect() }).collect()
}

fn cell(flow: Option<Flow>) -> DiffCell {
    let Some(flow) = flow else { return DiffCell::NoMethod };
    match (flow.granted, flow.removed) {
        (Some(_), Some(_)) => DiffCell::Both,
        (Some(reach), None) => DiffCell::Granted { only: only(&reach) },
        (None, Some(reach)) => DiffCell::Removed { only: only(&reach) },
        (None, None) if flow.stays => DiffCell::StaysAllowed,
        (None, None) => DiffCell::StaysBlocked,
    }
}

fn only(reach: &Reach) -> String {
    match reach {
        Reach::All => String::new(),
        Reach::Only(ids) => match ids.as_slice() {
            [id] => format!("id {id}"),
            ids => format!("{} ids", ids.len()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tollgate_policy::{Catalog, check};

    fn compared(before: &str, after: &str) -> CompareLook {
        let checked = check(after, Catalog::review_board_8_1());
        look(&Subject::of(&checked, Catalog::review_board_8_1()), Some(before))
    }

    #[test]
    fn two_policies_are_told_apart_by_operation() {
        let before = r#"{"resources": {"*": {"allow": ["GET"], "block": ["*"]}}}"#;
        let after =
            r#"{"resources": {"*": {"allow": ["GET"], "block": ["*"]}, "repository": {"7": {"allow": ["PUT"]}}}}"#;
        let CompareLook::Compared(look) = compared(before, after) else { panic!("not compared") };
        assert_eq!((look.order, look.granted, look.removed), (OrderLook::More, 1, 0));
        assert_eq!(look.changed_atoms, 1);
        let [row] = look.rows.as_slice() else { panic!("{:?}", look.rows) };
        let granted = DiffCell::Granted { only: "id 7".to_owned() };
        assert_eq!(row.cells, [DiffCell::StaysAllowed, DiffCell::StaysBlocked, granted, DiffCell::StaysBlocked]);
        assert_eq!(look.changes[0].path, "/api/repositories/7/");
    }

    #[test]
    fn the_methods_of_any_service_are_columns() {
        let text = r#"{"openapi": "3.0.0", "paths": {"/pets": {"get": {}}, "/pets/{id}": {"patch": {}}}}"#;
        let catalog = tollgate_policy::import_openapi(text).into_catalog().unwrap();
        let checked = check(r#"{"resources": {"pets": {"*": {"block": ["PATCH"]}}}}"#, &catalog);
        let CompareLook::Compared(look) = look(&Subject::of(&checked, &catalog), Some("{}")) else {
            panic!("not compared")
        };
        assert_eq!(look.columns, ["GET", "PATCH"]);
        assert_eq!(look.rows[0].cells, [DiffCell::StaysAllowed, DiffCell::Removed { only: String::new() }]);
    }

    #[test]
    fn what_cannot_be_compared_says_why() {
        assert!(matches!(compared("{", "{}"), CompareLook::Silent(why) if why.contains("other text")));
        assert!(matches!(compared("{}", "{"), CompareLook::Silent(why) if why == REFUSED));
    }
}
