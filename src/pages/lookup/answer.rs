//! What the look-up says.

use leptos::prelude::*;

use crate::components::{Choice, Field, Icon, IconName, Select, StatusTag, Tag, Tone};
use crate::pages::words::{console, status_kind};
use crate::state::{LookedUp, Lookup, LookupTone, Match};

/// What is true, what a server answers, what to do, and the tokens that were found.
#[component]
pub(super) fn Answer(
    /// The page's state.
    lookup: Lookup,
) -> impl IntoView {
    let answer = lookup.answer();
    let headline = move || answer.with(|answer| answer.as_ref().map(headline));
    let tokens = Memo::new(move |_| answer.with(|answer| answer.as_ref().map(|answer| answer.tokens.clone())));
    let matches = move || tokens.get().filter(|tokens| !tokens.is_empty()).map(matches);
    let admission = Signal::derive(move || {
        answer.with(|answer| answer.as_ref().map(|answer| answer.admission.clone()).unwrap_or_default())
    });
    let is_admitted = Memo::new(move |_| admission.with(|admission| !admission.is_empty()));
    view! {
        <div role="status">{headline}</div>
        {move || answer.get().map(facts)}
        <Show when=move || is_admitted.get()>
            <Place lookup=lookup admission=admission />
        </Show>
        {matches}
    }
}

fn headline(answer: &LookedUp) -> impl IntoView + use<> {
    let (class, icon) = match answer.tone {
        LookupTone::Good => ("verdict ok", IconName::Active),
        LookupTone::Bad => ("verdict bad", IconName::Invalid),
        LookupTone::Unclear => ("verdict", IconName::Uncertain),
        LookupTone::Plain => ("verdict", IconName::Info),
    };
    view! {
        <p class=class>
            <Icon name=icon />
            <span>{answer.headline.clone()}</span>
        </p>
    }
}

fn facts(answer: LookedUp) -> impl IntoView {
    let fact = |term: &'static str, words: String| {
        (!words.is_empty()).then(|| {
            view! {
                <dt>{term}</dt>
                <dd>{words}</dd>
            }
        })
    };
    let has_server = !answer.code.is_empty();
    let mind = "A server answers so once it has the state that is recorded here. None is connected: what was done here has no effect there yet.";
    view! {
        <dl class="kv">
            {fact("A server", answer.server)}
            {fact("What to do", answer.advice)}
            {fact("Code", answer.code.to_owned())}
        </dl>
        {has_server.then(|| view! { <p class="t2">{mind}</p> })}
    }
}

/// Where the token may be used after it logged in.
#[component]
fn Place(
    /// The page's state.
    lookup: Lookup,
    /// What the chosen part of the server does.
    admission: Signal<String>,
) -> impl IntoView {
    let console = console();
    let choices = Signal::derive(move || {
        let mut choices = vec![Choice::new("", "The root, no Local Site")];
        choices.extend(console.sites().iter().map(|site| Choice::new(site.as_str(), format!("/s/{site}/"))));
        choices
    });
    view! {
        <Field id="place" label="For a request to" help=admission>
            <Select
                id="place"
                choices=choices
                value=lookup.place
                on_change=move |place: String| lookup.place.set(place)
            />
        </Field>
    }
}

fn matches(tokens: Vec<Match>) -> impl IntoView {
    view! {
        <ul class="matches" aria-label="Tokens found">
            {tokens.into_iter().map(found).collect_view()}
        </ul>
    }
}

fn found(token: Match) -> impl IntoView {
    let href = format!("/tokens/{}", token.uid);
    let deprecated = token.is_deprecated.then(|| view! { <Tag tone=Tone::Warn>"old format"</Tag> });
    view! {
        <li>
            <p class="row wrap">
                <StatusTag kind=status_kind(token.status) />
                <a href=href>{token.name}</a>
                <span class="mono">{token.fingerprint}</span>
                {deprecated}
            </p>
            <p>{token.note}</p>
            <p class="t3">{format!("{}, on {}", token.owner, token.site)}</p>
        </li>
    }
}
