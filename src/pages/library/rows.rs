//! The rows of the library.

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use crate::components::{Column, DataTable, Moment, PowerGlyph, Sort, SortDirection, Sortable, TableHead};
use crate::format;
use crate::pages::words::{may, shares};
use crate::state::library::{LibraryList, LibraryState, PolicyRow};

#[component]
pub(super) fn Rows(
    /// The list.
    list: LibraryList,
    /// Goes to another state of the list.
    go: Callback<LibraryState>,
) -> impl IntoView {
    let sort = Signal::derive(move || {
        list.state().with(|state| Sort {
            column: if state.sort.is_empty() { "name".to_owned() } else { state.sort.clone() },
            direction: if state.descending { SortDirection::Descending } else { SortDirection::Ascending },
        })
    });
    let on_sort = move |column: String| {
        let now = sort.get_untracked();
        let descending = now.column == column && now.direction == SortDirection::Ascending;
        go.run(LibraryState { sort: column, descending, ..list.state().get_untracked() });
    };
    let navigate = use_navigate();
    let on_open = move |key: String| navigate(&path(&key), Default::default());
    view! {
        <DataTable
            label="Policies"
            keys=Signal::derive(move || list.keys())
            cells=Callback::new(move |key: String| cells(list, key))
            on_open=on_open
        >
            <TableHead columns=columns() sort=sort on_sort=on_sort />
        </DataTable>
    }
}

fn path(key: &str) -> String {
    format!("/policies/{key}")
}

fn columns() -> Vec<Column> {
    let column = |id: &str, title: &str, class: &str, sortable| Column {
        id: id.to_owned(),
        title: title.to_owned(),
        class: class.to_owned(),
        sortable,
    };
    vec![
        column("name", "Name", "c-note", Sortable::Yes),
        column("power", "May do", "c-pow", Sortable::No),
        column("version", "Version", "c-st", Sortable::Yes),
        column("uses", "Used by", "c-used num", Sortable::Yes),
        column("changed", "Changed", "c-exp num", Sortable::Yes),
    ]
}

fn cells(list: LibraryList, key: String) -> AnyView {
    let row = {
        let key = key.clone();
        Memo::new(move |_| list.row(&key))
    };
    (move || row.get().map(|row| row_cells(&key, row))).into_any()
}

fn row_cells(key: &str, row: PolicyRow) -> impl IntoView + use<> {
    let words = row.meaning.as_ref().map_or_else(|| "Policy is refused".to_owned(), |meaning| meaning.short());
    let sentence = may(row.meaning.as_deref());
    let uses = match row.uses {
        0 => "no token".to_owned(),
        count => format::plural(count as u64, "token", "tokens"),
    };
    let title = if row.note.is_empty() { row.name.clone() } else { format!("{}: {}", row.name, row.note) };
    let (iso, relative, exact) = row.changed;
    view! {
        <td role="gridcell" class="c-note who">
            <a class="plain" tabindex="-1" href=path(key) title=title>{row.name}</a>
        </td>
        <td role="gridcell" class="c-pow" title=sentence>
            <span class="in-note"><PowerGlyph shares=shares(row.meaning.as_deref()) words=words /></span>
        </td>
        <td role="gridcell" class="c-st">{format!("version {}", row.version)}</td>
        <td role="gridcell" class="c-used date">{uses}</td>
        <td role="gridcell" class="c-exp date"><Moment iso=iso relative=relative exact=exact /></td>
    }
}
