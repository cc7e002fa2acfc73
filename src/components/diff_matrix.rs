//! What becomes of every operation from one policy to another: what is granted and removed is marked, the rest fades.

use super::icon::{Icon, IconName};
use super::matrix::breakable;
use leptos::prelude::*;

/// What becomes of one operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DiffMark {
    /// The server has no such method here.
    NoMethod,
    /// It is allowed as before.
    StaysAllowed,
    /// It is blocked as before.
    StaysBlocked,
    /// It is granted; the text says for which ids, or is empty.
    Granted(String),
    /// It is removed; the text says for which ids, or is empty.
    Removed(String),
    /// It is granted for some ids and removed for others.
    Both,
}

/// One resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiffMatrixRow {
    /// Its policy id.
    pub name: String,
    /// One mark for each column.
    pub marks: Vec<DiffMark>,
}

fn mark_view(mark: DiffMark) -> impl IntoView {
    let words = |act: &str, only: String| if only.is_empty() { act.to_owned() } else { format!("{act} for {only}") };
    let (class, icon, label, says) = match mark {
        DiffMark::NoMethod => ("x", None, String::new(), "the server has no such method".to_owned()),
        DiffMark::StaysAllowed => ("n", Some(IconName::Check), String::new(), "still allowed".to_owned()),
        DiffMark::StaysBlocked => ("n", None, String::new(), "still blocked".to_owned()),
        DiffMark::Granted(only) => ("add", None, format!("+ {only}"), words("granted", only)),
        DiffMark::Removed(only) => ("del", None, format!("− {only}"), words("removed", only)),
        DiffMark::Both => ("add", None, "+ −".to_owned(), "granted for some ids, removed for others".to_owned()),
    };
    view! {
        <td class=class>
            {icon.map(|name| view! { <Icon name=name /> })}
            <span aria-hidden="true">{label}</span>
            <span class="vh">{says}</span>
        </td>
    }
}

fn row_view(row: DiffMatrixRow) -> impl IntoView {
    view! {
        <tr>
            <th scope="row">{breakable(&row.name)}</th>
            {row.marks.into_iter().map(mark_view).collect_view()}
        </tr>
    }
}

/// The table; it scrolls sideways where it must, and can be focused to do so.
#[component]
pub fn DiffMatrix(
    /// What it shows: "Operations granted and removed, by resource and method".
    #[prop(into)]
    caption: String,
    /// The methods.
    #[prop(into)]
    columns: Vec<String>,
    /// The rows.
    #[prop(into)]
    rows: Vec<DiffMatrixRow>,
) -> impl IntoView {
    let label = caption.clone();
    let head = |column: String| view! { <th scope="col">{column}</th> };
    view! {
        <div class="mx-scroll" role="group" tabindex="0" aria-label=label>
            <table class="mx wide">
                <caption class="vh">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">"Resource"</th>
                        {columns.into_iter().map(head).collect_view()}
                    </tr>
                </thead>
                <tbody>{rows.into_iter().map(row_view).collect_view()}</tbody>
            </table>
        </div>
    }
}
