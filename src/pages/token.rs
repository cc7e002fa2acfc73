//! `/tokens/:uid`: one token on a page of its own, with its history.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use tollgate_tokens::TokenUid;

use super::token_panel::Facts;
use super::words::{console, title};
use crate::components::{ButtonLink, ButtonLook, Crumb, EmptyState, Moment, PageHead};
use crate::state::TokenView;

/// The page.
#[component]
pub(crate) fn TokenPage() -> impl IntoView {
    title("Token");
    let params = use_params_map();
    let uid = Memo::new(move |_| params.with(|params| params.get("uid").and_then(|uid| uid.parse::<TokenUid>().ok())));
    move || match uid.get() {
        Some(uid) => view! { <OneToken uid=uid /> }.into_any(),
        None => view! { <Unknown /> }.into_any(),
    }
}

#[component]
fn OneToken(
    /// The token.
    uid: TokenUid,
) -> impl IntoView {
    let token = TokenView::new(console(), uid);
    let name = Signal::derive(move || token.facts().get().map_or_else(|| "Token".to_owned(), |facts| facts.name));
    let crumbs = vec![Crumb { href: "/tokens".to_owned(), label: "Tokens".to_owned() }];
    let facts = move || match token.facts().get() {
        Some(facts) => view! { <Facts token=token facts=facts /> }.into_any(),
        None => view! { <Unknown /> }.into_any(),
    };
    view! {
        <PageHead title=name crumbs=crumbs />
        <div class="page">
            <div class="cols c2">
                <section class="stack4">{facts}</section>
                <History token=token />
            </div>
        </div>
    }
}

#[component]
fn History(
    /// The token's state.
    token: TokenView,
) -> impl IntoView {
    let rows = move || {
        let row = |(moment, text): ((String, String, String), String)| {
            let (iso, relative, exact) = moment;
            view! {
                <li>
                    <Moment iso=iso relative=relative exact=exact />
                    <span>{text}</span>
                </li>
            }
        };
        token.history().into_iter().map(row).collect_view()
    };
    view! {
        <section aria-labelledby="history">
            <div class="sec-h">
                <h2 id="history">"History"</h2>
                <a class="end" href="/activity">
                    "All activity"
                </a>
            </div>
            <ul class="hist">{rows}</ul>
        </section>
    }
}

#[component]
fn Unknown() -> impl IntoView {
    view! {
        <EmptyState
            title="There is no such token here"
            lead="The address names a token that this workspace does not have. It may be in another workspace or on another device."
        >
            <ButtonLink href="/tokens" look=ButtonLook::Primary>
                "Show all tokens"
            </ButtonLink>
        </EmptyState>
    }
}
