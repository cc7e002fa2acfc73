//! The page: the policies of one part of the library, or the templates.

use leptos::ev;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};

use super::filter::{Filter, Nothing};
use super::rows::Rows;
use super::templates::Templates;
use crate::components::{ButtonLink, ButtonLook, FileButton, IconName, PageHead, ViewTab, ViewTabs};
use crate::format;
use crate::pages::words::{console, title};
use crate::state::library::{LibraryList, LibraryState, LibraryView, OpenFile};

/// The page.
#[component]
pub(crate) fn LibraryPage() -> impl IntoView {
    title("Library");
    let query = use_query_map();
    let state = Memo::new(move |_| query.with(|query| LibraryState::read(|name| query.get(name))));
    let list = LibraryList::new(console(), state);
    let part = Memo::new(move |_| state.with(|state| state.view));
    let sub = Signal::derive(move || {
        let count = list.count(LibraryView::Policies).unwrap_or_default();
        if count == 0 { String::new() } else { format::plural(count as u64, "policy", "policies") }
    });
    let shown = move || match part.get() {
        LibraryView::Templates => view! { <Templates /> }.into_any(),
        LibraryView::Policies | LibraryView::Archived => view! { <Policies list=list /> }.into_any(),
    };
    view! {
        <div class="split">
            <div class="list">
                <Head sub=sub />
                <Views list=list />
                {shown}
            </div>
        </div>
    }
}

#[component]
fn Head(
    /// How many policies there are.
    sub: Signal<String>,
) -> impl IntoView {
    let navigate = use_navigate();
    let to_draft = Callback::new(move |()| navigate("/policies", Default::default()));
    let file = OpenFile::new(console(), to_draft);
    view! {
        <PageHead title="Library" sub=sub>
            <FileButton label="Open a file…" accept=".json,application/json" on_pick=move |event: ev::Event| file.pick(&event) />
            <ButtonLink href="/policies" look=ButtonLook::Primary icon=IconName::Plus>
                "Write a policy"
            </ButtonLink>
        </PageHead>
    }
}

#[component]
fn Views(
    /// The list.
    list: LibraryList,
) -> impl IntoView {
    let path = |part: LibraryView| LibraryState { view: part, ..LibraryState::default() }.path();
    let tabs = Signal::derive(move || {
        let tab = |part: LibraryView| ViewTab {
            href: path(part),
            label: part.label().to_owned(),
            count: list.count(part).map(format::count).unwrap_or_default(),
        };
        LibraryView::ALL.map(tab).to_vec()
    });
    let current = Signal::derive(move || list.state().with(|state| path(state.view)));
    view! { <ViewTabs label="Parts of the library" tabs=tabs current=current /> }
}

/// The policies of a part of the library.
#[component]
fn Policies(
    /// The list.
    list: LibraryList,
) -> impl IntoView {
    let navigate = use_navigate();
    let go = {
        let navigate = navigate.clone();
        Callback::new(move |state: LibraryState| navigate(&state.path(), Default::default()))
    };
    // Typing is one step of the history, however many letters it has.
    let put = Callback::new(move |state: LibraryState| {
        navigate(&state.path(), NavigateOptions { replace: true, ..NavigateOptions::default() });
    });
    let has_any = Memo::new(move |_| list.counts().1 > 0);
    let has_found = Memo::new(move |_| list.counts().0 > 0);
    view! {
        <Show when=move || has_any.get()>
            <Filter list=list put=put />
        </Show>
        <Show when=move || has_found.get() fallback=move || view! { <Nothing list=list /> }>
            <Rows list=list go=go />
        </Show>
    }
}
