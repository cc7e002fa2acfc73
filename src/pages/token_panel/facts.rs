//! Title, state, power in words, and facts.

use leptos::prelude::*;
use tollgate_tokens::TokenUid;

use crate::components::{Matrix, Moment, MomentFocus, StatusTag, Tag, Tone};
use crate::pages::words::{matrix_rows, may, status_kind};
use crate::state::{TokenFacts, TokenView};

/// Title, state, power in words, and facts.
#[component]
pub(in crate::pages) fn Facts(
    /// The token's state.
    token: TokenView,
    /// The token's facts now.
    facts: TokenFacts,
) -> impl IntoView {
    let meaning = token.meaning();
    let says = may(meaning.as_ref());
    let lines = meaning.as_ref().map(|meaning| matrix_rows(&meaning.lines)).unwrap_or_default();
    let operations = meaning
        .as_ref()
        .map(|meaning| format!("{} of {} operations", meaning.allowed, meaning.total))
        .unwrap_or_default();
    let deprecated = facts.is_deprecated.then(|| view! { <Tag tone=Tone::Warn>"old format"</Tag> });
    view! {
        <div class="stack">
            <h2 id="panel-title">{facts.note.clone()}</h2>
            <p class="row wrap">
                <StatusTag kind=status_kind(facts.status) />
                {deprecated}
            </p>
        </div>
        <p class="says">{says}</p>
        <FactList facts=facts is_kept=token.is_kept() />
        <div>
            <div class="sec-h">
                <h3>"What it may do"</h3>
                <a class="end" href=token.policy_path()>
                    "Try a request"
                </a>
            </div>
            <Matrix caption="What the token may do, by resource and method" rows=lines />
            <p class="t3">{operations}</p>
        </div>
    }
}

#[component]
fn FactList(
    /// The facts.
    facts: TokenFacts,
    /// Whether the secret is in the vault.
    is_kept: Signal<bool>,
) -> impl IntoView {
    let time = |moment: (String, String, String)| {
        let (iso, relative, exact) = moment;
        view! { <Moment iso=iso relative=relative exact=exact focus=MomentFocus::Stop /> }
    };
    let or_words = move |moment: Option<(String, String, String)>, words: &'static str| match moment {
        Some(moment) => time(moment).into_any(),
        None => words.into_any(),
    };
    let invalid = facts.invalid.map(|(when, reason)| {
        let reason = if reason.is_empty() { "no reason given".to_owned() } else { format!("“{reason}”") };
        view! {
            <dt>"Invalidated"</dt>
            <dd>{or_words(when, "at an unknown time")}", "{reason}</dd>
        }
    });
    let other = |term: &'static str, other: Option<(TokenUid, String)>| {
        other.map(|(uid, name)| {
            view! {
                <dt>{term}</dt>
                <dd>
                    <a href=format!("/tokens/{uid}")>{name}</a>
                </dd>
            }
        })
    };
    let policy = facts.policy.map(|(uid, name)| {
        view! {
            <dt>"Policy"</dt>
            <dd>
                <a href=format!("/policies/{uid}")>{name}</a>
            </dd>
        }
    });
    view! {
        <dl class="kv">
            <dt>"Owner"</dt>
            <dd>{facts.owner}</dd>
            <dt>"Works on"</dt>
            <dd>{facts.site}</dd>
            <dt>"Secret"</dt>
            <dd>
                <span class="mono">{facts.fingerprint}</span>
                <span class="t3">{move || if is_kept.get() { " in the vault" } else { " digest only" }}</span>
            </dd>
            <dt>"Made"</dt>
            <dd>{time(facts.made)}</dd>
            <dt>"Last used"</dt>
            <dd>{or_words(facts.last_used, "never")}</dd>
            <dt>"Expires"</dt>
            <dd>{or_words(facts.expires, "never")}</dd>
            <dt>"Generator"</dt>
            <dd class="mono">{facts.generator}</dd>
            {policy}
            {other("Replaces", facts.replaces)}
            {other("Replaced by", facts.replaced_by)}
            {invalid}
        </dl>
    }
}
