//! Copying, with an answer that can be seen and heard.

use super::button::{Button, ButtonLook, ButtonSize};
use super::icon::IconName;
use leptos::prelude::*;

/// How copying went; the caller does the copying.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum CopyState {
    /// Nothing copied yet.
    #[default]
    Idle,
    /// The text is on the clipboard.
    Copied,
    /// The browser refused, with its reason.
    Failed(String),
}

/// A button that copies, and a polite line that says how it went.
#[component]
pub fn CopyButton(
    /// What is copied: "Copy secret".
    #[prop(into)]
    label: String,
    /// How it went.
    #[prop(into)]
    state: Signal<CopyState>,
    /// Runs when pressed; the caller copies and updates `state`.
    #[prop(into)]
    on_copy: Callback<()>,
    /// How loud it is.
    #[prop(optional)]
    look: ButtonLook,
    /// How tall it is.
    #[prop(optional)]
    size: ButtonSize,
) -> impl IntoView {
    let said = move || match state.get() {
        CopyState::Idle => String::new(),
        CopyState::Copied => "Copied".to_owned(),
        CopyState::Failed(reason) => format!("Not copied: {reason}"),
    };
    let failed = move || matches!(state.get(), CopyState::Failed(_));
    view! {
        <span class="copy">
            <Button on_click=on_copy look=look size=size icon=IconName::Copy>
                {label}
            </Button>
            <span class="copy-said" class:c-bad=failed role="status">
                {said}
            </span>
        </span>
    }
}
