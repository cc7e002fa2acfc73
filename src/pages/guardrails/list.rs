//! The guardrails that are up, each with who breaks it now.

use leptos::prelude::*;

use crate::components::{Button, ButtonLook, ButtonSize, EmptyState, Icon, IconName, Notice, Tone};
use crate::pages::words::{capitalized, sentence};
use crate::state::{BreakingToken, GuardrailRow, Guardrails};

/// What an empty list teaches.
const LEAD: &str = "A guardrail is a limit that no policy may go past, whoever writes it. Every act that gives a token a \
                    policy is checked, with one request that shows what is wrong. Going past one takes a reason, which is recorded.";

#[component]
pub(super) fn List(
    /// The page's state.
    guardrails: Guardrails,
) -> impl IntoView {
    let rows = guardrails.rows();
    let is_empty = Memo::new(move |_| rows.with(Vec::is_empty));
    let list = move || rows.get().into_iter().map(|row| guardrail_row(guardrails, row)).collect_view();
    view! {
        <div class="stack4">
            <TakenDown guardrails=guardrails />
            <Show when=move || !is_empty.get() fallback=move || view! { <Nothing guardrails=guardrails /> }>
                <section class="box" aria-labelledby="guardrails">
                    <div class="box-h">
                        <h2 id="guardrails">"Up now"</h2>
                        <span class="end meta">"checked at every act that gives a token a policy"</span>
                    </div>
                    <ul class="finds box-b" aria-label="Guardrails">{list}</ul>
                </section>
            </Show>
        </div>
    }
}

/// What is said where no guardrail is up, with one that can be put up at once.
#[component]
fn Nothing(
    /// The page's state.
    guardrails: Guardrails,
) -> impl IntoView {
    let example = format!("For example: {}", Guardrails::example());
    view! {
        <EmptyState title="No guardrail yet" lead=LEAD note=sentence(&example)>
            <Button
                look=ButtonLook::Primary
                icon=IconName::Plus
                disabled=guardrails.is_pending()
                on_click=move |()| guardrails.put_up_example()
            >
                "Add the example"
            </Button>
        </EmptyState>
    }
}

/// The guardrail that was taken down last, with the way back.
#[component]
fn TakenDown(
    /// The page's state.
    guardrails: Guardrails,
) -> impl IntoView {
    let taken = Memo::new(move |_| guardrails.taken_down());
    let text = Signal::derive(move || taken.get().map(|taken| sentence(&taken)).unwrap_or_default());
    view! {
        <Show when=move || taken.with(Option::is_some)>
            <Notice tone=Tone::Info heading="Taken down:" text=text>
                <Button disabled=guardrails.is_pending() on_click=move |()| guardrails.put_up_again()>
                    "Put it up again"
                </Button>
            </Notice>
        </Show>
    }
}

fn guardrail_row(guardrails: Guardrails, row: GuardrailRow) -> impl IntoView {
    let GuardrailRow { uid, name, demand, note, standing } = row;
    let (class, icon) = match standing.breaking {
        0 => ("find c-off", IconName::Active),
        _ => ("find c-bad", IconName::Error),
    };
    let says = standing.says();
    let example = standing.example.map(breaking_token);
    let note = if note.is_empty() { String::new() } else { format!(": {note}") };
    let label = format!("Take down {name}");
    view! {
        <li class=class>
            <Icon name=icon />
            <div class="stack">
                <p>
                    <b>{sentence(&demand)}</b>
                </p>
                <p>{says} {example}</p>
                <p class="why">{name} {note}</p>
                <p>
                    <Button
                        size=ButtonSize::Small
                        label=label
                        disabled=guardrails.is_pending()
                        on_click=move |()| guardrails.take_down(uid)
                    >
                        "Take down"
                    </Button>
                </p>
            </div>
        </li>
    }
}

/// One token that breaks a guardrail, and the request that shows it.
pub(super) fn breaking_token(example: BreakingToken) -> impl IntoView {
    let BreakingToken { uid, name, request } = example;
    view! {
        " "
        <a href=format!("/tokens/{uid}")>{capitalized(&name)}</a>
        ": "
        {sentence(&request)}
    }
}
