//! Resources as a table.

use leptos::prelude::*;

use crate::components::{Tag, Tone};
use crate::state::catalog::CatalogRow;

/// Which columns there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Columns {
    /// All of them.
    All,
    /// Those that tell what was read, where there is little room.
    Few,
}

#[component]
pub(super) fn CatalogTable(
    /// Its name.
    label: &'static str,
    /// The resources.
    #[prop(into)]
    rows: Signal<Vec<CatalogRow>>,
    /// Which columns there are.
    columns: Columns,
) -> impl IntoView {
    let has_all = columns == Columns::All;
    let heading = |words: &'static str| view! { <th role="columnheader" scope="col">{words}</th> };
    view! {
        <div class="box-t" tabindex="0" role="group" aria-label=label>
            <table class="plain-table stacks" role="table">
                <thead role="rowgroup">
                    <tr role="row">
                        {heading("Policy id")}
                        {heading("Methods")}
                        {has_all.then(|| heading("Item id"))}
                        {heading("URL")}
                    </tr>
                </thead>
                <tbody role="rowgroup">
                    <For each=move || rows.get() key=|row| (row.module.clone(), row.methods.clone()) let:row>
                        {resource_row(row, columns)}
                    </For>
                </tbody>
            </table>
        </div>
    }
}

fn resource_row(row: CatalogRow, columns: Columns) -> impl IntoView {
    let closed = row.is_closed.then(|| view! { <Tag tone=Tone::Bad>"closed to tokens"</Tag> });
    let shared = row.is_shared.then(|| view! { <Tag tone=Tone::Warn>"id shared by two"</Tag> });
    let assumed = row.is_assumed.then(|| view! { <Tag tone=Tone::Info>"methods assumed"</Tag> });
    let urls = row.urls.into_iter().map(|url| view! { <div class="mono wrap-any">{url}</div> }).collect_view();
    let item_key = (columns == Columns::All).then(|| view! { <td role="cell" class="mono">{row.item_key}</td> });
    view! {
        <tr role="row">
            <td role="cell">
                <span class="mono wrap-any">{row.policy_id}</span>
                " "
                {closed}
                {shared}
                {assumed}
            </td>
            <td role="cell" class="mono">{row.methods}</td>
            {item_key}
            <td role="cell">{urls}</td>
        </tr>
    }
}
