//! A line for a text that must not stay: it is handed over once, and nothing of it is shown.

use super::button::{Button, ButtonKind, ButtonLook};
use super::field::described_by;
use super::icon::IconName;
use leptos::html;
use leptos::prelude::*;

/// An input in a `Field` with the same id, and the button behind it.
///
/// The text is read when it is submitted, and the input is empty before anybody gets it; no signal ever holds it.
#[component]
pub fn PasteLine(
    /// Id, the same as the field's.
    #[prop(into)]
    id: String,
    /// The words of the button.
    #[prop(into)]
    act: String,
    /// Its icon.
    icon: IconName,
    /// Runs with the text.
    #[prop(into)]
    on_submit: Callback<String>,
    /// Whether the last text was refused; the field says why.
    #[prop(optional, into)]
    invalid: Signal<bool>,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if let Some(input) = input.get_untracked() {
            let text = input.value();
            input.set_value("");
            on_submit.run(text);
        }
    };
    let described = described_by(&id);
    view! {
        <form class="row" autocomplete="off" on:submit=submit>
            <input
                id=id
                class="in mono"
                type="password"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                aria-describedby=described
                aria-invalid=move || invalid.get().then_some("true")
                node_ref=input
            />
            <Button kind=ButtonKind::Submit look=ButtonLook::Primary icon=icon>
                {act}
            </Button>
        </form>
    }
}
