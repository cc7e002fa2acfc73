//! `/tokens/:uid`: one token on a page of its own, with its history.

use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};
use tollgate_tokens::TokenUid;

use super::token_panel::{Acts, Facts};
use super::words::{console, title};
use crate::components::{Button, ButtonLink, ButtonLook, Crumb, EmptyState, IconName, Moment, PageHead};
use crate::format;
use crate::state::{DeletedFacts, TokenView};

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
    token.look_back();
    let name = Signal::derive(move || {
        let deleted = move || token.deleted().get().map(|deleted| deleted.name);
        token.facts().get().map(|facts| facts.name).or_else(deleted).unwrap_or_else(|| "Token".to_owned())
    });
    let crumbs = vec![Crumb { href: "/tokens".to_owned(), label: "Tokens".to_owned() }];
    let facts = move || match (token.facts().get(), token.deleted().get()) {
        (Some(facts), _) => view! { <Facts token=token facts=facts /> }.into_any(),
        (None, Some(deleted)) => view! { <Deleted token=token deleted=deleted /> }.into_any(),
        (None, None) => view! { <Unknown /> }.into_any(),
    };
    let navigate = use_navigate();
    let to_list = move |()| navigate("/tokens", Default::default());
    view! {
        <PageHead title=name crumbs=crumbs />
        <div class="page">
            <div class="cols c2">
                <section class="stack4">{facts} <Acts token=token on_deleted=to_list /></section>
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
    let is_looking_back = token.is_looking_back();
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
            <Show when=move || is_looking_back.get()>
                <p class="t3" role="status">
                    "Reading earlier entries…"
                </p>
            </Show>
        </section>
    }
}

/// What the page of a deleted token says, and the way back.
#[component]
fn Deleted(
    /// The token's state.
    token: TokenView,
    /// What is known of it.
    deleted: DeletedFacts,
) -> impl IntoView {
    let DeletedFacts { name, note, owner, when, why, undo } = deleted;
    let note = if note.is_empty() { String::new() } else { format!(", “{note}”") };
    let when = when.map(|(_, relative, exact)| format!(" {relative}, on {exact}")).unwrap_or_default();
    let why = if why.is_empty() { String::new() } else { format!(": {why}") };
    let lead = format!(
        "It belonged to {owner}{note}. It was deleted{when}{why}. It does not log in, and the record keeps what it was."
    );
    let undo = undo.map(|undoable| {
        let words = match undoable.tokens {
            1 => "Undo the deletion".to_owned(),
            many => format!("Undo for all {}", format::plural(many as u64, "token", "tokens")),
        };
        view! {
            <Button icon=IconName::Undo look=ButtonLook::Primary on_click=move |()| token.undo(undoable.act)>
                {words}
            </Button>
        }
    });
    view! {
        <EmptyState title=format!("{name} was deleted") lead=lead>
            {undo}
            <ButtonLink href="/tokens">"Show all tokens"</ButtonLink>
        </EmptyState>
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
