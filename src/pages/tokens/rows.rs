//! The rows of the list.

use leptos::prelude::*;
use tollgate_tokens::TokenUid;

use super::filter::NoMatch;
use crate::components::{
    CheckState, Column, DataTable, Moment, PowerGlyph, Reach, RowPick, SelectBox, Sort, SortDirection, Sortable,
    StatusTag, TabStop, TableHead, Tag, Tone,
};
use crate::pages::words::{shares, status_kind};
use crate::state::{ListState, TokenList, TokenRow};

#[component]
pub(super) fn Rows(
    /// The list.
    list: TokenList,
    /// Goes to another state of the list.
    go: Callback<ListState>,
) -> impl IntoView {
    let sort = Signal::derive(move || {
        list.state().with(|state| Sort {
            column: if state.sort.is_empty() { "expires".to_owned() } else { state.sort.clone() },
            direction: if state.descending { SortDirection::Descending } else { SortDirection::Ascending },
        })
    });
    let on_sort = move |column: String| {
        let now = sort.get_untracked();
        let descending = now.column == column && now.direction == SortDirection::Ascending;
        go.run(ListState { sort: column, descending, ..list.state().get_untracked() });
    };
    let open = Signal::derive(move || list.state().with(|state| state.open.map(|uid| uid.to_string())));
    let on_open = move |key: String| {
        go.run(ListState { open: key.parse::<TokenUid>().ok(), ..list.state().get_untracked() });
    };
    let on_select = move |pick: RowPick| match pick.reach {
        Reach::One => list.toggle(&pick.key),
        Reach::ToHere => list.select_to(&pick.key),
    };
    let all = Signal::derive(move || CheckState::of(list.selected().len(), list.counts().0));
    let is_empty = Memo::new(move |_| list.counts().0 == 0);
    view! {
        <Show when=move || !is_empty.get() fallback=move || view! { <NoMatch list=list /> }>
            <DataTable
                label="Tokens"
                keys=Signal::derive(move || list.keys())
                cells=Callback::new(move |key: String| cells(list, key))
                is_selected=Callback::new(move |key: String| list.is_selected(&key))
                open=open
                on_open=on_open
                on_select=on_select
            >
                <TableHead columns=columns() sort=sort on_sort=on_sort>
                    <SelectBox state=all label="Select all shown" on_change=move |_: bool| list.toggle_all() />
                </TableHead>
            </DataTable>
        </Show>
    }
}

fn columns() -> Vec<Column> {
    let column = |id: &str, title: &str, class: &str, sortable| Column {
        id: id.to_owned(),
        title: title.to_owned(),
        class: class.to_owned(),
        sortable,
    };
    vec![
        column("status", "Status", "c-st", Sortable::Yes),
        column("user", "User", "c-who", Sortable::Yes),
        column("site", "Site", "c-site", Sortable::Yes),
        column("note", "Note", "c-note", Sortable::Yes),
        column("power", "May do", "c-pow", Sortable::No),
        column("used", "Last used", "c-used num", Sortable::Yes),
        column("expires", "Expires", "c-exp num", Sortable::Yes),
    ]
}

fn cells(list: TokenList, key: String) -> AnyView {
    let row = {
        let key = key.clone();
        Memo::new(move |_| list.row(&key))
    };
    (move || row.get().map(|row| row_cells(list, &key, row))).into_any()
}

fn row_cells(list: TokenList, key: &str, row: TokenRow) -> impl IntoView + use<> {
    let checked = {
        let key = key.to_owned();
        Signal::derive(move || if list.is_selected(&key) { CheckState::On } else { CheckState::Off })
    };
    let toggle = {
        let key = key.to_owned();
        move |_: bool| list.toggle(&key)
    };
    let words = row.meaning.as_ref().map_or_else(|| "Policy is refused".to_owned(), |meaning| meaning.short());
    let time = |moment: Option<(String, String, String)>, none: &'static str| match moment {
        Some((iso, relative, exact)) => view! { <Moment iso=iso relative=relative exact=exact /> }.into_any(),
        None => view! { <span class="t3">{none}</span> }.into_any(),
    };
    let is_soon = row.status == tollgate_tokens::TokenStatus::Expiring;
    let expires_class = if is_soon { "c-exp date c-warn" } else { "c-exp date" };
    let href = format!("/tokens/{key}");
    let (note_title, select) = (row.note.clone(), format!("Select {}", row.note));
    let deprecated = row.is_deprecated.then(|| view! { <Tag tone=Tone::Warn>"old format"</Tag> });
    view! {
        <td role="gridcell" class="c-c">
            <SelectBox state=checked label=select on_change=toggle stop=TabStop::No />
        </td>
        <td role="gridcell" class="c-st"><StatusTag kind=status_kind(row.status) /></td>
        <td role="gridcell" class="c-who who">{row.owner}<span class="at t3">" · "{row.site.clone()}</span></td>
        <td role="gridcell" class="c-site">{row.site}</td>
        <td role="gridcell" class="c-note">
            <span class="in-note">
                <a class="plain" tabindex="-1" href=href title=note_title>{row.note}</a>
                {deprecated}
            </span>
        </td>
        <td role="gridcell" class="c-pow">
            <span class="in-note"><PowerGlyph shares=shares(row.meaning.as_deref()) words=words /></span>
        </td>
        <td role="gridcell" class="c-used date">{time(row.last_used, "never")}</td>
        <td role="gridcell" class=expires_class>{time(row.expires, "never")}</td>
    }
}
