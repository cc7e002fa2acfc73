//! Copying, with an answer that can be seen and heard.

use super::button::{Button, ButtonLook, ButtonSize};
use super::icon::IconName;
use leptos::prelude::*;

/// A button that copies, and a polite line that says when it is done.
#[component]
pub fn CopyButton(
    /// What is copied: "Copy secret".
    #[prop(into)]
    label: String,
    /// Whether the text is on the clipboard; the caller says why where it is not.
    #[prop(into)]
    copied: Signal<bool>,
    /// Runs when pressed; the caller copies and updates `copied`.
    #[prop(into)]
    on_copy: Callback<()>,
    /// How loud it is.
    #[prop(optional)]
    look: ButtonLook,
    /// How tall it is.
    #[prop(optional)]
    size: ButtonSize,
) -> impl IntoView {
    view! {
        <span class="copy">
            <Button on_click=on_copy look=look size=size icon=IconName::Copy>
                {label}
            </Button>
            <span class="copy-said" role="status">
                {move || copied.get().then_some("Copied")}
            </span>
        </span>
    }
}
