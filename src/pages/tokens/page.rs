//! The page of the list, with the panel of one token.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};

use super::bulk::BulkBar;
use super::filter::{Filter, Views};
use super::rows::Rows;
use crate::components::{Button, ButtonLink, ButtonLook, IconName, PageHead};
use crate::format;
use crate::pages::overview::Welcome;
use crate::pages::token_panel::TokenPanel;
use crate::pages::words::{console, title};
use crate::state::{LOOK_UP, ListState, TokenList};

/// The page.
#[component]
pub(crate) fn TokensPage() -> impl IntoView {
    title("Tokens");
    let query = use_query_map();
    let state =
        Memo::new(move |_| query.with(|query| ListState::read(query.get("q"), query.get("sort"), query.get("open"))));
    let list = TokenList::new(console(), state);
    let navigate = use_navigate();
    let go = {
        let navigate = navigate.clone();
        Callback::new(move |state: ListState| navigate(&state.path(), Default::default()))
    };
    // Typing is one step of the history, however many letters it has.
    let put = Callback::new(move |state: ListState| {
        navigate(&state.path(), NavigateOptions { replace: true, ..NavigateOptions::default() });
    });
    let has_tokens = Memo::new(move |_| list.counts().1 > 0);
    let sub = Signal::derive(move || match list.counts() {
        (_, 0) => String::new(),
        (found, all) if found == all => format::count(all),
        (found, all) => format!("{} of {}", format::count(found), format::count(all)),
    });
    let open = Memo::new(move |_| state.with(|state| state.open));
    let panel = move || {
        open.get().map(|uid| {
            let close = move |()| go.run(ListState { open: None, ..state.get_untracked() });
            view! { <TokenPanel uid=uid on_close=close /> }
        })
    };
    let split = move || if open.get().is_some() { "split with-panel" } else { "split" };
    view! {
        <div class=split>
            <div class="list">
                <PageHead title="Tokens" sub=sub>
                    <Show when=move || has_tokens.get()>
                        <Button on_click=move |()| list.export()>"Export list as CSV"</Button>
                    </Show>
                    <ButtonLink href=LOOK_UP.href look=ButtonLook::Quiet icon=IconName::Search>
                        {LOOK_UP.title}
                    </ButtonLink>
                    <ButtonLink href="/tokens/new" look=ButtonLook::Primary icon=IconName::Plus>
                        "New token"
                    </ButtonLink>
                </PageHead>
                <Show when=move || has_tokens.get() fallback=|| view! { <div class="page"><Welcome /></div> }>
                    <Views list=list />
                    <Filter list=list put=put />
                    <Rows list=list go=go />
                    <BulkBar list=list />
                </Show>
            </div>
            {panel}
        </div>
    }
}
