//! What an act changes, line by line, before it is done.

use super::tone::non_empty;
use leptos::prelude::*;

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeRow {
    /// What changes.
    pub what: String,
    /// How it is now.
    pub before: String,
    /// How it will be.
    pub after: String,
}

/// The lines as a table.
#[component]
pub fn ChangeList(
    /// What the table shows: "What changes".
    #[prop(into)]
    caption: String,
    /// The head of the first column: "Token".
    #[prop(into)]
    head: String,
    /// The lines.
    #[prop(into)]
    rows: Signal<Vec<ChangeRow>>,
    /// What is not listed, in words; empty when everything is.
    #[prop(optional, into)]
    rest: Signal<String>,
) -> impl IntoView {
    let row = |row: ChangeRow| {
        view! {
            <tr>
                <th scope="row">{row.what}</th>
                <td>{row.before}</td>
                <td>{row.after}</td>
            </tr>
        }
    };
    view! {
        <div class="changes">
            <table class="plain-table">
                <caption class="vh">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{head}</th>
                        <th scope="col">"Now"</th>
                        <th scope="col">"Then"</th>
                    </tr>
                </thead>
                <tbody>{move || rows.get().into_iter().map(row).collect_view()}</tbody>
            </table>
            {move || non_empty(rest.get()).map(|rest| view! { <p class="meta">{rest}</p> })}
        </div>
    }
}
