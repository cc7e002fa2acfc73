//! The table itself.

use std::sync::Arc;

use super::rows::{Body, Press, rest_view};
use super::shapes::{GridGroup, GridPlace, GridRest};
use super::steps::{cells, step, stop_of};
use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;

/// The element of a cell that can be pressed.
type CellButton = <html::Button as html::ElementType>::Output;

/// The table. What stands behind a cell is the caller's to show, in the same view.
#[component]
pub fn CellMatrix(
    /// What it shows: "What the policy allows, by resource and method".
    #[prop(into)]
    caption: String,
    /// The methods.
    #[prop(into)]
    columns: Signal<Vec<String>>,
    /// The rows.
    #[prop(into)]
    groups: Signal<Vec<GridGroup>>,
    /// What is not listed.
    #[prop(into)]
    rest: Signal<Option<GridRest>>,
    /// The cell that is looked into.
    #[prop(into)]
    chosen: Signal<Option<GridPlace>>,
    /// Runs with the cell that was pressed.
    #[prop(into)]
    on_choose: Callback<GridPlace>,
) -> impl IntoView {
    let table = NodeRef::<html::Table>::new();
    let last = RwSignal::new(GridPlace::default());
    let stop = Memo::new(move |_| groups.with(|groups| stop_of(&cells(groups), last.get())));
    let keys = move |event: leptos::ev::KeyboardEvent| {
        let at = stop.get_untracked();
        let Some(next) = groups.with_untracked(|groups| step(&event.key(), at, &cells(groups))) else { return };
        event.prevent_default();
        last.set(next);
        let Some(table) = table.get_untracked() else { return };
        if let Ok(Some(cell)) = table.query_selector(&format!("[data-cell='{}-{}']", next.row, next.column))
            && let Some(cell) = cell.dyn_ref::<CellButton>()
        {
            drop(cell.focus());
        }
    };
    let press = Press { stop: stop.into(), chosen, last, on_choose };
    let head = move || {
        let head = |column: String| view! { <th scope="col">{column}</th> };
        columns.get().into_iter().map(head).collect_view()
    };
    let names = Memo::new(move |_| groups.with(|groups| names(groups)));
    // Other columns are another table; a change of the rows leaves those that stay the same as they are.
    let bodies = move || {
        let columns = Arc::<[String]>::from(columns.get());
        let body = move |(at, name): (usize, String)| {
            let columns = Arc::clone(&columns);
            view! { <Body groups=groups at=at name=name columns=columns press=press /> }
        };
        view! { <For each=move || names.get() key=Clone::clone children=body /> }
    };
    let label = caption.clone();
    view! {
        <div class="mx-scroll">
            <table class="mx wide press" role="grid" aria-label=label node_ref=table on:keydown=keys>
                <caption class="vh">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">"Resource"</th>
                        {head}
                    </tr>
                </thead>
                {bodies}
                {move || rest.get().map(rest_view)}
            </table>
        </div>
    }
}

/// The names of the groups with their places.
fn names(groups: &[GridGroup]) -> Vec<(usize, String)> {
    groups.iter().map(|group| group.name.clone()).enumerate().collect()
}
