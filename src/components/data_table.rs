//! A long list as a grid: only the rows in sight in the document, all of it without a mouse.

use super::row_window::{Geometry, RowWindow, follow_geometry, step_row, top_that_shows};
use leptos::ev;
use leptos::html;
use leptos::prelude::*;

/// How far a selection reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// This row only.
    One,
    /// From the last one selected to this one (Shift held).
    ToHere,
}

/// A row the user selects or lets go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowPick {
    /// Key of the row.
    pub key: String,
    /// How far it reaches.
    pub reach: Reach,
}

/// What a click lands on; a control inside keeps its clicks to itself.
type Cell = <html::Td as html::ElementType>::Output;

fn row_id(key: &str) -> String {
    format!("row-{key}")
}

/// The grid. Children are its head (a `TableHead`); `cells` gives the `<td>`s of one row by its key.
///
/// Arrow keys, Home, End, Page Up and Page Down move; Enter opens; Space selects. Only the rows in sight and some
/// around them are in the document, so 100,000 rows cost what 50 do.
#[component]
pub fn DataTable(
    /// Name of the grid: "Tokens of ci-bot that expire within 30 days".
    #[prop(into)]
    label: Signal<String>,
    /// Keys of all rows, in order, each unique in the page.
    #[prop(into)]
    keys: Signal<Vec<String>>,
    /// The cells of the row with this key, as `<td role="gridcell" class="c-…">`.
    #[prop(into)]
    cells: Callback<String, AnyView>,
    /// Whether the row with this key is selected; left out where rows cannot be.
    #[prop(optional, into)]
    is_selected: Option<Callback<String, bool>>,
    /// Key of the row shown in the panel.
    #[prop(optional, into)]
    open: Signal<Option<String>>,
    /// Runs with the key of the row to open.
    #[prop(into)]
    on_open: Callback<String>,
    /// Runs with the row to select or let go; left out where rows cannot be selected.
    #[prop(optional, into)]
    on_select: Option<Callback<RowPick>>,
    /// The head.
    children: Children,
) -> impl IntoView {
    let scroll = NodeRef::<html::Div>::new();
    let probe = NodeRef::<html::Div>::new();
    let active = RwSignal::new(None::<usize>);
    let count = Memo::new(move |_| keys.with(Vec::len));
    let geometry = follow_geometry(scroll, probe, count);
    let window = Memo::new(move |_| RowWindow::of(geometry.get(), count.get()));
    let shown = move || {
        let window = window.get();
        keys.with(|keys| keys.iter().cloned().enumerate().skip(window.first).take(window.len).collect::<Vec<_>>())
    };
    let active_id = move || {
        let (at, window) = (active.get()?, window.get());
        let in_sight = at >= window.first && at < window.first + window.len;
        in_sight.then(|| keys.with(|keys| keys.get(at).map(|key| row_id(key)))).flatten()
    };
    let go = move |to: usize| {
        active.set(Some(to));
        if let Some(top) = top_that_shows(geometry.get_untracked(), to) {
            Geometry::scroll_to(scroll, geometry.get_untracked(), top);
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        // Keys pressed in a control inside a row belong to that control.
        if event.target() != event.current_target() {
            return;
        }
        let at = active.get_untracked();
        let key_at = at.and_then(|at| keys.with_untracked(|keys| keys.get(at).cloned()));
        match (event.key().as_str(), key_at) {
            ("Enter", Some(key)) => on_open.run(key),
            (" ", Some(key)) => {
                let reach = if event.shift_key() { Reach::ToHere } else { Reach::One };
                if let Some(on_select) = on_select {
                    on_select.run(RowPick { key, reach });
                }
            }
            (pressed, _) => {
                let page = geometry.get_untracked().rows_in_sight();
                let Some(to) = step_row(pressed, at, count.get_untracked(), page) else { return };
                go(to);
            }
        }
        event.prevent_default();
    };
    let row = move |(index, key): (usize, String)| {
        let (here, is_open, opens, id) = (key.clone(), key.clone(), key.clone(), row_id(&key));
        let open_row = move |event: ev::MouseEvent| {
            let control = event_target::<Cell>(&event).closest("a, button, label, input");
            if control.is_ok_and(|control| control.is_none()) {
                on_open.run(opens.clone());
            }
        };
        let here = Memo::new(move |_| is_selected.is_some_and(|is_selected| is_selected.run(here.clone())));
        let shown = Memo::new(move |_| open.with(|open| open.as_ref() == Some(&is_open)));
        view! {
            <tr
                role="row"
                id=id
                aria-rowindex=(index + 2).to_string()
                aria-selected=move || is_selected.map(|_| here.get().to_string())
                class:sel=move || here.get()
                class:open=move || shown.get()
                class:active=move || active.get() == Some(index)
                on:mousedown=move |_| active.set(Some(index))
                on:click=open_row
            >
                {cells.run(key)}
            </tr>
        }
    };
    let first_active = move |_: ev::FocusEvent| {
        if active.get_untracked().is_none() && count.get_untracked() != 0 {
            active.set(Some(0));
        }
    };
    view! {
        <div class="scroll tall rows" node_ref=scroll on:scroll=move |_| Geometry::update(geometry, scroll, probe)>
            <div class="row-probe" aria-hidden="true" node_ref=probe></div>
            <table
                class="grid"
                role="grid"
                tabindex="0"
                aria-multiselectable=on_select.map(|_| "true")
                aria-label=move || label.get()
                aria-rowcount=move || (count.get() + 1).to_string()
                aria-activedescendant=active_id
                on:keydown=on_key
                on:focus=first_active
            >
                {children()}
                <tbody role="rowgroup">
                    <Gap height=Signal::derive(move || window.get().above) />
                    <For each=shown key=|row: &(usize, String)| row.clone() children=row />
                    <Gap height=Signal::derive(move || window.get().below) />
                </tbody>
            </table>
        </div>
    }
}

/// The room of the rows that are out of sight.
#[component]
fn Gap(height: Signal<usize>) -> impl IntoView {
    let nothing = move || height.get() == 0;
    let pixels = move || format!("{}px", height.get());
    view! {
        <tr class="gap" role="presentation" aria-hidden="true" class:gone=nothing>
            <td role="presentation" style:height=pixels></td>
        </tr>
    }
}
