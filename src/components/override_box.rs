//! What stops an act, each with one request that shows it, and the reason for which it may be done all the same.

use super::button::{Button, ButtonLook};
use super::field::Field;
use super::icon::{Icon, IconName};
use super::text_input::TextInput;
use super::tone::non_empty;
use leptos::either::Either;
use leptos::prelude::*;

/// A guardrail in the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StopItem {
    /// What it demands, as a sentence.
    pub demand: String,
    /// What it is called, as a line of its own.
    pub name: String,
    /// The token that would break it, in words.
    pub token: String,
    /// Where that token is shown; empty where it is not made yet.
    pub href: String,
    /// The request that shows it, as a sentence.
    pub request: String,
}

/// The guardrails in the way, one below the other.
#[component]
pub fn StopList(
    /// The guardrails.
    #[prop(into)]
    stops: Signal<Vec<StopItem>>,
) -> impl IntoView {
    let rows = move || stops.get().into_iter().map(stop_row).collect_view();
    view! {
        <p class="c-bad" role="alert">
            <b>"Stopped by a guardrail"</b>
        </p>
        <ul class="finds" aria-label="Guardrails in the way">{rows}</ul>
    }
}

fn stop_row(stop: StopItem) -> impl IntoView {
    let StopItem { demand, name, token, href, request } = stop;
    let token = match non_empty(href) {
        Some(href) => Either::Left(view! { <a href=href>{token}</a> }),
        None => Either::Right(token),
    };
    view! {
        <li class="find c-bad">
            <Icon name=IconName::Error />
            <div class="stack">
                <p>
                    <b>{demand}</b>
                </p>
                <p>{token} ": " {request}</p>
                <p class="why">{name}</p>
            </div>
        </li>
    }
}

/// The guardrails in the way with a field for a reason and the button that goes past them; nothing where nothing is.
#[component]
pub fn OverrideBox(
    /// Id of the field, unique in the page.
    id: &'static str,
    /// The guardrails.
    #[prop(into)]
    stops: Signal<Vec<StopItem>>,
    /// The reason, as it is typed.
    #[prop(into)]
    reason: Signal<String>,
    /// Runs with the reason at every change; the caller sets `reason` at once.
    #[prop(into)]
    on_reason: Callback<String>,
    /// The act on the button: "Override and save".
    act: &'static str,
    /// Whether the act cannot be pressed now.
    #[prop(into)]
    locked: Signal<bool>,
    /// Runs when the act shall be done past the guardrails.
    #[prop(into)]
    on_override: Callback<()>,
) -> impl IntoView {
    let is_stopped = Memo::new(move |_| stops.with(|stops| !stops.is_empty()));
    view! {
        <Show when=move || is_stopped.get()>
            <div class="stopped" role="group" aria-label="Stopped by a guardrail">
                <StopList stops=stops />
                <Field
                    id=id
                    label="Reason for overriding"
                    help="It is recorded with the act, and stands under Activity for good."
                >
                    <TextInput id=id value=reason on_input=on_reason />
                </Field>
                <div>
                    <Button look=ButtonLook::Danger disabled=locked on_click=on_override>
                        {act}
                    </Button>
                </div>
            </div>
        </Show>
    }
}
