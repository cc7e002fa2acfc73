//! What an act grants and removes, each line with one real request.

use leptos::prelude::*;

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EffectRow {
    /// Whether it is granted; it is removed otherwise.
    pub is_granted: bool,
    /// What is: `PUT on review 7`.
    pub what: String,
    /// One such request: `PUT /api/…`; empty if there is none to name.
    pub request: String,
}

/// The lines as a table; nothing where there is no line.
#[component]
pub fn EffectList(
    /// What the table shows: "What changes".
    #[prop(into)]
    label: String,
    /// The lines.
    rows: Vec<EffectRow>,
    /// What is not listed, in words; empty when everything is.
    #[prop(optional, into)]
    rest: String,
) -> impl IntoView {
    let row = |row: EffectRow| {
        let (class, words) = if row.is_granted { ("c-warn", "+ grants") } else { ("", "− removes") };
        view! {
            <tr role="row">
                <td role="cell" class=class>{words}</td>
                <td role="cell">{row.what}</td>
                <td role="cell" class="wrap-any">
                    <span class="mono">{row.request}</span>
                </td>
            </tr>
        }
    };
    let table = (!rows.is_empty()).then(|| {
        view! {
            <table class="plain-table stacks effects" role="table" aria-label=label>
                <thead role="rowgroup">
                    <tr role="row">
                        <th role="columnheader" scope="col">"Change"</th>
                        <th role="columnheader" scope="col">"Of"</th>
                        <th role="columnheader" scope="col">"Request"</th>
                    </tr>
                </thead>
                <tbody role="rowgroup">{rows.into_iter().map(row).collect_view()}</tbody>
            </table>
        }
    });
    let rest = (!rest.is_empty()).then(|| view! { <p class="meta">{rest}</p> });
    view! { {table} {rest} }
}
