//! The rows of the table, and their cells.

use std::sync::Arc;

use super::super::icon::{Icon, IconName};
use super::super::matrix::breakable;
use super::super::tone::classes;
use super::shapes::{CellTone, GridCell, GridGroup, GridPlace, GridRest, GridRow};
use leptos::prelude::*;

fn look_of(cell: &GridCell) -> (&'static str, Option<IconName>) {
    match cell.tone {
        CellTone::Allowed => ("y", Some(IconName::Check)),
        CellTone::Blocked => ("n", Some(IconName::Minus)),
        CellTone::Partly => ("p", None),
        CellTone::NoMethod => ("x", None),
    }
}

/// What every cell that can be pressed shares.
#[derive(Clone, Copy)]
pub(super) struct Press {
    pub(super) stop: Signal<GridPlace>,
    pub(super) chosen: Signal<Option<GridPlace>>,
    pub(super) last: RwSignal<GridPlace>,
    pub(super) on_choose: Callback<GridPlace>,
}

/// The rows of one group, each with its place among all rows.
fn numbered(groups: &[GridGroup], at: usize) -> Vec<(usize, GridRow)> {
    let before = groups.iter().take(at).map(|group| group.rows.len()).sum();
    let rows = groups.get(at).map(|group| group.rows.clone()).unwrap_or_default();
    (before..).zip(rows).collect()
}

/// One group.
#[component]
pub(super) fn Body(
    /// All groups.
    groups: Signal<Vec<GridGroup>>,
    /// Which of them.
    at: usize,
    /// Its name; empty for no heading.
    name: String,
    /// The methods.
    columns: Arc<[String]>,
    /// What every cell that can be pressed shares.
    press: Press,
) -> impl IntoView {
    let span = (columns.len() + 1).to_string();
    let head = (!name.is_empty()).then(|| {
        view! {
            <tr>
                <th class="group" scope="rowgroup" colspan=span>
                    {name}
                </th>
            </tr>
        }
    });
    let rows = Memo::new(move |_| groups.with(|groups| numbered(groups, at)));
    let row = move |(at, row): (usize, GridRow)| row_view(row, at, &columns, press);
    view! {
        <tbody>
            {head}
            <For each=move || rows.get() key=Clone::clone children=row />
        </tbody>
    }
}

fn row_view(row: GridRow, at: usize, columns: &[String], press: Press) -> impl IntoView + use<> {
    let about = if row.item.is_empty() { row.name.clone() } else { format!("{} {}", row.name, row.item) };
    let cells = row.cells.into_iter().zip(columns).enumerate().map(|(column, (cell, method))| {
        let name = format!("{method} on {about}: {}", cell.says);
        cell_view(cell, name, GridPlace { row: at, column }, press)
    });
    let cells = cells.collect_view();
    let item = (!row.item.is_empty()).then(|| view! { <span class="id">" id " {row.item}</span> });
    let notes = row.notes.into_iter().map(|note| view! { <span class="meta">" " {note}</span> }).collect_view();
    view! {
        <tr>
            <th scope="row">{breakable(&row.name)} {item} {notes}</th>
            {cells}
        </tr>
    }
}

fn cell_view(cell: GridCell, name: String, at: GridPlace, press: Press) -> impl IntoView {
    let (class, icon) = look_of(&cell);
    if cell.tone == CellTone::NoMethod {
        return view! {
            <td class=class>
                <span class="vh">{cell.says}</span>
            </td>
        }
        .into_any();
    }
    let is_chosen = move || press.chosen.get() == Some(at);
    view! {
        <td class=move || classes(&[class, if is_chosen() { "hit" } else { "" }])>
            <button
                type="button"
                data-cell=format!("{}-{}", at.row, at.column)
                aria-label=name
                aria-pressed=move || if is_chosen() { "true" } else { "false" }
                tabindex=move || if press.stop.get() == at { "0" } else { "-1" }
                on:focus=move |_| press.last.set(at)
                on:click=move |_| press.on_choose.run(at)
            >
                {icon.map(|name| view! { <Icon name=name /> })}
                {cell.label}
            </button>
        </td>
    }
    .into_any()
}

pub(super) fn rest_view(rest: GridRest) -> impl IntoView {
    let cell = |cell: GridCell| {
        let (class, icon) = look_of(&cell);
        view! {
            <td class=class>
                {icon.map(|name| view! { <Icon name=name /> })}
                <span aria-hidden="true">{cell.label}</span>
                <span class="vh">{cell.says}</span>
            </td>
        }
    };
    view! {
        <tbody>
            <tr>
                <th scope="row" class="w">
                    {rest.name}
                </th>
                {rest.cells.into_iter().map(cell).collect_view()}
            </tr>
        </tbody>
    }
}
