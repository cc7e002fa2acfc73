//! Resource by method: what is allowed, cell by cell, with words for every cell.

use super::icon::{Icon, IconName};
use leptos::prelude::*;

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MatrixCell {
    /// Allowed for every id.
    All,
    /// Allowed for some; the text says which or how many ("id 7", "31/32").
    Some(String),
    /// Blocked.
    None,
    /// The server has no such method.
    NotImplemented,
}

/// Whether a row is one resource or stands for many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MatrixRowKind {
    /// One resource, named by its policy id.
    #[default]
    Resource,
    /// Several at once: "60 other resources".
    Summary,
}

/// One row: a resource and its cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatrixRow {
    /// The resource, or the words of a summary.
    pub resource: String,
    /// Which of the two it is.
    pub kind: MatrixRowKind,
    /// One cell for each of GET, POST, PUT and DELETE.
    pub cells: Vec<MatrixCell>,
}

fn cell_view(cell: MatrixCell) -> impl IntoView {
    let (class, icon, text, words) = match cell {
        MatrixCell::All => ("y", Some(IconName::Check), String::new(), "allowed".to_owned()),
        MatrixCell::Some(text) => ("p", None, text.clone(), format!("allowed for some: {text}")),
        MatrixCell::None => ("n", Some(IconName::Minus), String::new(), "blocked".to_owned()),
        MatrixCell::NotImplemented => ("x", None, String::new(), "the server has no such method".to_owned()),
    };
    let text = (!text.is_empty()).then(|| view! { <span aria-hidden="true">{text}</span> });
    view! {
        <td class=class>
            {icon.map(|name| view! { <Icon name=name /> })} {text}
            <span class="vh">{words}</span>
        </td>
    }
}

fn row_view(row: MatrixRow) -> impl IntoView {
    let class = match row.kind {
        MatrixRowKind::Resource => "",
        MatrixRowKind::Summary => "w",
    };
    view! {
        <tr>
            <th scope="row" class=class>
                {breakable(&row.resource)}
            </th>
            {row.cells.into_iter().map(cell_view).collect_view()}
        </tr>
    }
}

/// A name that breaks behind an underscore, where its words end.
pub(super) fn breakable(name: &str) -> impl IntoView + use<> {
    let part = |part: &str| view! { {part.to_owned()} <wbr /> };
    name.split_inclusive('_').map(part).collect_view()
}

/// The matrix; it scrolls sideways where it must, and can be focused to do so.
#[component]
pub fn Matrix(
    /// What it shows, for assistive technology: "What token 48211 may do, by resource and method".
    #[prop(into)]
    caption: Signal<String>,
    /// The rows.
    #[prop(into)]
    rows: Signal<Vec<MatrixRow>>,
) -> impl IntoView {
    view! {
        <div class="mx-scroll" role="group" tabindex="0" aria-label=move || caption.get()>
            <table class="mx wide">
                <caption class="vh">{move || caption.get()}</caption>
                <thead>
                    <tr>
                        <th scope="col">"Resource"</th>
                        <th scope="col">"GET"</th>
                        <th scope="col">"POST"</th>
                        <th scope="col">"PUT"</th>
                        <th scope="col">"DELETE"</th>
                    </tr>
                </thead>
                <tbody>{move || rows.get().into_iter().map(row_view).collect_view()}</tbody>
            </table>
        </div>
    }
}

/// What the cells of a [`Matrix`] mean.
#[component]
pub fn MatrixLegend() -> impl IntoView {
    view! {
        <ul class="legend">
            <li>
                <span class="k y">
                    <Icon name=IconName::Check />
                </span>
                "allowed"
            </li>
            <li>
                <span class="k p"></span>
                "some of them"
            </li>
            <li>
                <span class="k n">
                    <Icon name=IconName::Minus />
                </span>
                "blocked"
            </li>
            <li>
                <span class="k x"></span>
                "server has no such method"
            </li>
        </ul>
    }
}
