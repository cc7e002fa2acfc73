//! What the policy is compared with, and what that comes to.

use leptos::prelude::*;

use super::compared::compared;
use super::tools::Tools;
use crate::components::{Button, ButtonSize, Choice, Field, Notice, Select, TextArea, TextInput, TextKind, Tone};
use crate::state::workbench::{Against, CompareLook, SideLook, order, summary};

#[component]
pub(super) fn Compare(
    /// What the workbench works with.
    tools: Tools,
) -> impl IntoView {
    let side = tools.bench.side();
    let told = Memo::new(move |_| {
        side.with(|side| match side {
            Some(SideLook::Compare(told)) => Some(told.clone()),
            _ => None,
        })
    });
    let shown = move || match told.get() {
        None => ().into_any(),
        Some(CompareLook::Silent(why)) => {
            view! { <Notice tone=Tone::Info heading="Nothing to compare yet." text=why /> }.into_any()
        }
        Some(CompareLook::Compared(look)) => compared(tools, *look).into_any(),
    };
    let says = move || told.with(|told| told.as_ref().map(|told| says(tools, told)));
    view! {
        <Other tools=tools />
        <p class="says" role="status">{says}</p>
        {shown}
    }
}

/// How much it allows, held against the other, and what changes.
fn says(tools: Tools, told: &CompareLook) -> String {
    let CompareLook::Compared(look) = told else { return String::new() };
    let against = tools.bench.place().with_untracked(|place| place.against.words());
    format!("{} {}", order(look.order, &against), summary(look))
}

/// What the text is compared with.
#[component]
fn Other(
    /// What the workbench works with.
    tools: Tools,
) -> impl IntoView {
    let against = Memo::new(move |_| tools.bench.place().with(|place| place.against.clone()));
    let kind = Signal::derive(move || against.with(Against::choice));
    let number = Signal::derive(move || match against.get() {
        Against::Token(number) => number,
        _ => String::new(),
    });
    let is_kind = move |wanted: &'static str| Memo::new(move |_| kind.with(|kind| kind == wanted));
    let (is_token, is_text) = (is_kind("token"), is_kind("text"));
    let pasted = tools.bench.choices.pasted;
    let choices = Signal::derive(move || {
        let versions = tools.bench.versions().into_iter().map(|(choice, words)| Choice::new(choice, words));
        Against::KINDS.map(|(kind, label)| Choice::new(kind, label)).into_iter().chain(versions).collect::<Vec<_>>()
    });
    let cannot_take = Signal::derive(move || !tools.bench.can_take_other());
    let set = move |against: Against| tools.change(|place| place.against = against);
    view! {
        <div class="two">
            <Field id="against" label="Compare with">
                <Select
                    id="against"
                    choices=choices
                    value=kind
                    on_change=move |kind: String| set(Against::read(&kind))
                />
            </Field>
            <Show when=move || is_token.get()>
                <Field id="against-number" label="Number of the token">
                    <TextInput
                        id="against-number"
                        kind=TextKind::Code
                        value=number
                        on_input=move |number: String| set(Against::read(&format!("token:{number}")))
                    />
                </Field>
            </Show>
        </div>
        <p class="row wrap">
            <Button size=ButtonSize::Small disabled=cannot_take on_click=move |()| tools.bench.take_other()>
                "Put the other text in place"
            </Button>
        </p>
        <Show when=move || is_text.get()>
            <Field id="against-text" label="The other policy" help="It stays on this page: no address and no storage holds it.">
                <TextArea id="against-text" rows=6 value=pasted on_input=move |text: String| pasted.set(text) />
            </Field>
        </Show>
    }
}
