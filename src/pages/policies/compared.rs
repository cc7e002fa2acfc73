//! What differs from another policy: counts, a picture, and a real request for every change.

use leptos::prelude::*;

use super::tools::Tools;
use crate::components::{DiffMark, DiffMatrix, DiffMatrixRow};
use crate::format;
use crate::state::workbench::{ChangeLook, ComparisonLook, DiffCell};

/// Counts, the picture, and the table.
pub(super) fn compared(tools: Tools, look: ComparisonLook) -> impl IntoView {
    let kinds = format::plural(look.atoms, "kind of request", "kinds of request");
    let exact = format!("Exact: compared on all {kinds}, of which {} change.", look.changed_atoms);
    let rows: Vec<DiffMatrixRow> = look
        .rows
        .into_iter()
        .map(|row| DiffMatrixRow { name: row.policy_id, marks: row.cells.into_iter().map(mark).collect() })
        .collect();
    let more_rows = (look.unlisted_rows > 0)
        .then(|| format!("and {}", format::plural(look.unlisted_rows.into(), "more resource", "more resources")));
    let matrix = (!rows.is_empty()).then(|| {
        view! { <DiffMatrix caption="Operations granted and removed, by resource and method" columns=look.columns rows=rows /> }
    });
    let more = (look.unlisted > 0)
        .then(|| format!("and {}", format::plural(look.unlisted.into(), "more change", "more changes")));
    let has_changes = !look.changes.is_empty();
    let changes = look.changes.into_iter().map(|change| change_row(tools, change)).collect_view();
    let table = has_changes.then(|| changes_table(changes.into_any()));
    view! {
        <div class="diffnum">
            <p><b class="c-warn">{format!("+{}", look.granted)}</b>"grants"</p>
            <p><b>{format!("−{}", look.removed)}</b>"removes"</p>
            <p><b class="c-off">{look.stay}</b>"stay allowed"</p>
        </div>
        <p class="meta">{exact}</p>
        {matrix}
        <p class="meta">{more_rows}</p>
        {table}
        <p class="meta">{more}</p>
    }
}

fn changes_table(rows: AnyView) -> impl IntoView {
    view! {
        <div class="stack">
            <h2>"Changes, each with one real request"</h2>
            <table class="plain-table stacks" role="table" aria-label="Changes">
                <thead role="rowgroup">
                    <tr role="row">
                        <th role="columnheader" scope="col">"Change"</th>
                        <th role="columnheader" scope="col">"Of"</th>
                        <th role="columnheader" scope="col">"Request"</th>
                    </tr>
                </thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
        </div>
    }
}

fn mark(cell: DiffCell) -> DiffMark {
    match cell {
        DiffCell::NoMethod => DiffMark::NoMethod,
        DiffCell::StaysAllowed => DiffMark::StaysAllowed,
        DiffCell::StaysBlocked => DiffMark::StaysBlocked,
        DiffCell::Granted { only } => DiffMark::Granted(only),
        DiffCell::Removed { only } => DiffMark::Removed(only),
        DiffCell::Both => DiffMark::Both,
    }
}

fn change_row(tools: Tools, change: ChangeLook) -> impl IntoView {
    let ChangeLook { is_granted, what, methods, method, path } = change;
    let (class, words) = if is_granted { ("c-warn", "+ grants") } else { ("", "− removes") };
    let request = format!("{method} {path}");
    let label = format!("Explain {request}");
    let shown = (!path.is_empty()).then(|| {
        view! {
            <button class="pointer mono" type="button" aria-label=label on:click=move |_| tools.explain(&method, &path)>
                {request}
            </button>
        }
    });
    view! {
        <tr role="row">
            <td role="cell" class=class>{words}</td>
            <td role="cell">{methods} " on " {what}</td>
            <td role="cell" class="wrap-any">{shown}</td>
        </tr>
    }
}
