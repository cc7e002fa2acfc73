//! Views, the filter, and what to do when it matches nothing.

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use crate::components::{
    Button, ButtonLink, ButtonLook, ButtonSize, EmptyState, FilterBox, IconName, ViewTab, ViewTabs,
};
use crate::format;
use crate::pages::words::console;
use crate::state::{Caught, LOOK_UP, ListState, TokenList};

#[component]
pub(super) fn Views(
    /// The list.
    list: TokenList,
) -> impl IntoView {
    let path = |query: &str| ListState { query: query.to_owned(), ..ListState::default() }.path();
    let tabs = Signal::derive(move || {
        let tab = |view: crate::state::View| ViewTab {
            href: path(view.query),
            label: view.label.to_owned(),
            count: format::count(view.count),
        };
        list.views().into_iter().map(tab).collect::<Vec<_>>()
    });
    let current = Signal::derive(move || list.state().with(|state| path(&state.query)));
    view! { <ViewTabs label="Views" tabs=tabs current=current /> }
}

#[component]
pub(super) fn Filter(
    /// The list.
    list: TokenList,
    /// Puts another state of the list in the place of this one.
    put: Callback<ListState>,
) -> impl IntoView {
    let caught = Caught::new(console());
    // A token is typed into the input alone: the filter stays as it is, so the input has to be told to show it again.
    let text = Signal::derive(move || {
        caught.times().track();
        list.state().with(|state| state.query.clone())
    });
    let on_input = move |query: String| {
        caught.look_at(&query);
        put.run(list.typed(query));
    };
    let navigate = use_navigate();
    let look_up = Callback::new(move |()| {
        caught.look_up();
        navigate(LOOK_UP.href, Default::default());
    });
    let is_caught = caught.is_any();
    let problems =
        move || list.problems().into_iter().map(|problem| view! { <p class="c-bad">{problem}"."</p> }).collect_view();
    let lists = move || {
        let lists = list.view_lists();
        (!lists.is_empty()).then(|| view! { <p class="t3">{lists}</p> })
    };
    view! {
        <div class="filter">
            <FilterBox
                id="filter"
                label="Filter tokens"
                placeholder="Filter: words, user:ci-bot, state:live, site:acme, expires<30d, used>90d"
                text=text
                on_input=on_input
            />
            {lists}
            <div role="status">{problems}</div>
            <Show when=move || is_caught.get()>
                <Button size=ButtonSize::Small icon=IconName::Search on_click=look_up>
                    "Look it up"
                </Button>
            </Show>
        </div>
    }
}

/// What is shown when a filter matches nothing: which word to drop.
#[component]
pub(super) fn NoMatch(
    /// The list.
    list: TokenList,
) -> impl IntoView {
    let drops = move || {
        let drop = |(word, rest, count): (String, String, usize)| {
            let href = ListState { query: rest, ..ListState::default() }.path();
            view! {
                <ButtonLink href=href size=ButtonSize::Small>
                    {format!("Drop {word}: {}", format::plural(count as u64, "token", "tokens"))}
                </ButtonLink>
            }
        };
        list.relaxations().into_iter().map(drop).collect_view()
    };
    view! {
        <EmptyState title="No token matches this filter" lead="Nothing is hidden elsewhere: drop a word to see more.">
            {drops}
            <ButtonLink href="/tokens" size=ButtonSize::Small look=ButtonLook::Quiet>
                "Clear all"
            </ButtonLink>
        </EmptyState>
    }
}
