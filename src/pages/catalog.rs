//! `/catalog`: what can be named in a policy.

use leptos::prelude::*;

use super::words::title;
use crate::components::{FilterBox, PageHead, Tag, Tone};
use crate::state::catalog::{self, CatalogRow};

/// The page.
#[component]
pub(crate) fn CatalogPage() -> impl IntoView {
    title("Catalog");
    let words = RwSignal::new(String::new());
    let rows = Memo::new(move |_| catalog::rows(&words.get()));
    let sub = Signal::derive(move || {
        format!("{} of {} resources of Review Board 8.1", rows.with(Vec::len), catalog::count())
    });
    view! {
        <PageHead title="Catalog" sub=sub />
        <div class="filter">
            <FilterBox
                id="filter"
                label="Filter resources"
                placeholder="Filter: a name, a method, a part of a URL"
                text=words
                on_input=move |text: String| words.set(text)
            />
        </div>
        <div class="page">
            <div class="box">
                <div class="box-t" tabindex="0" role="group" aria-label="Resources">
                    <table class="plain-table stacks" role="table">
                        <thead role="rowgroup">
                            <tr role="row">
                                <th role="columnheader" scope="col">"Policy id"</th>
                                <th role="columnheader" scope="col">"Methods"</th>
                                <th role="columnheader" scope="col">"Item id"</th>
                                <th role="columnheader" scope="col">"URL"</th>
                            </tr>
                        </thead>
                        <tbody role="rowgroup">
                            <For each=move || rows.get() key=|row| row.module let:row>
                                {resource_row(row)}
                            </For>
                        </tbody>
                    </table>
                </div>
            </div>
            <Show when=move || rows.with(Vec::is_empty)>
                <p class="t2">"No resource matches. Drop a word to see more."</p>
            </Show>
        </div>
    }
}

fn resource_row(row: CatalogRow) -> impl IntoView {
    let closed = row.is_closed.then(|| view! { <Tag tone=Tone::Bad>"closed to tokens"</Tag> });
    let shared = row.is_shared.then(|| view! { <Tag tone=Tone::Warn>"id shared by two"</Tag> });
    let urls = row.urls.into_iter().map(|url| view! { <div class="mono wrap-any">{url}</div> }).collect_view();
    view! {
        <tr role="row">
            <td role="cell">
                <span class="mono">{row.policy_id}</span>
                " "
                {closed}
                {shared}
            </td>
            <td role="cell" class="mono">{row.methods}</td>
            <td role="cell" class="mono">{row.item_key}</td>
            <td role="cell">{urls}</td>
        </tr>
    }
}
