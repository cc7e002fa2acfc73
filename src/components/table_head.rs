//! The heads of a long list, and what it is sorted by.

use super::icon::{Icon, IconName};
use leptos::either::Either;
use leptos::prelude::*;

/// Whether a column can sort.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sortable {
    /// Its head is a button.
    #[default]
    Yes,
    /// Its head is words.
    No,
}

/// One column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Names it in the callback and in the URL.
    pub id: String,
    /// Its head.
    pub title: String,
    /// Class that gives its width and alignment: "c-st", "c-exp num".
    pub class: String,
    /// Whether it can sort.
    pub sortable: Sortable,
}

/// Which way a column sorts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SortDirection {
    /// Smallest, first or soonest on top.
    #[default]
    Ascending,
    /// The other way round.
    Descending,
}

/// What the list is sorted by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sort {
    /// Id of the column.
    pub column: String,
    /// Which way.
    pub direction: SortDirection,
}

/// The heads; pressing one sorts by it.
#[component]
pub fn TableHead(
    /// The columns, in order.
    columns: Vec<Column>,
    /// What the list is sorted by.
    #[prop(into)]
    sort: Signal<Sort>,
    /// Runs with the id of the column pressed; the caller turns the direction round when it is the same.
    #[prop(into)]
    on_sort: Callback<String>,
    /// What stands over the checkboxes, if rows can be selected.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let head = move |column: Column| {
        let sorted = sort.with(|sort| (sort.column == column.id).then_some(sort.direction));
        let (order, icon) = match sorted {
            Some(SortDirection::Ascending) => (Some("ascending"), Some(IconName::Up)),
            Some(SortDirection::Descending) => (Some("descending"), Some(IconName::Down)),
            None => (None, None),
        };
        let id = column.id.clone();
        let words = match column.sortable {
            Sortable::No => Either::Left(view! { <span>{column.title}</span> }),
            Sortable::Yes => Either::Right(view! {
                <button type="button" on:click=move |_| on_sort.run(id.clone())>
                    {column.title}
                    {icon.map(|name| view! { <Icon name=name /> })}
                </button>
            }),
        };
        view! {
            <th role="columnheader" scope="col" class=column.class aria-sort=order>
                {words}
            </th>
        }
    };
    view! {
        <thead role="rowgroup">
            <tr role="row" aria-rowindex="1">
                {children.map(|children| view! { <th role="columnheader" scope="col" class="c-c">{children()}</th> })}
                {move || columns.iter().cloned().map(head).collect_view()}
            </tr>
        </thead>
    }
}
