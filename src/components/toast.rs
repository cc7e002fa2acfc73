//! Short answers to acts, with the way back.

use super::button::{Button, ButtonLook, ButtonSize};
use super::icon::IconName;
use super::key_hint::KeyHint;
use leptos::prelude::*;

/// One answer to one act.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Toast {
    /// Names it in the callbacks.
    pub id: u64,
    /// What is true now: "14 tokens are as before".
    pub message: String,
    /// The act offered, such as "Undo"; empty for none.
    pub act: String,
    /// The key for that act, such as "Ctrl Z"; empty for none.
    pub keys: String,
}

/// Whether the clock of the toasts may run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToastClock {
    /// The pointer or the focus is there: hold.
    Hold,
    /// Nobody is there any more: run on.
    Run,
}

/// The toasts, newest last; the caller takes each away after its time, holding while `on_clock` says so.
#[component]
pub fn Toasts(
    /// The toasts.
    #[prop(into)]
    toasts: Signal<Vec<Toast>>,
    /// Runs with the id whose act was pressed.
    #[prop(into)]
    on_act: Callback<u64>,
    /// Runs with the id that was dismissed.
    #[prop(into)]
    on_dismiss: Callback<u64>,
    /// Runs when the pointer or the focus comes and goes.
    #[prop(into)]
    on_clock: Callback<ToastClock>,
) -> impl IntoView {
    let row = move |toast: Toast| {
        let id = toast.id;
        let act = (!toast.act.is_empty()).then(|| {
            let act = Callback::new(move |()| on_act.run(id));
            view! {
                <Button on_click=act size=ButtonSize::Small>
                    {toast.act}
                </Button>
            }
        });
        let keys = (!toast.keys.is_empty()).then(|| view! { <KeyHint keys=toast.keys /> });
        let dismiss = Callback::new(move |()| on_dismiss.run(id));
        view! {
            <div class="toast">
                <span>{toast.message}</span>
                {act}
                {keys}
                <Button
                    on_click=dismiss
                    look=ButtonLook::Quiet
                    size=ButtonSize::Small
                    icon=IconName::X
                    label="Dismiss"
                />
            </div>
        }
    };
    view! {
        <div
            class="toasts"
            role="status"
            aria-live="polite"
            on:pointerenter=move |_| on_clock.run(ToastClock::Hold)
            on:pointerleave=move |_| on_clock.run(ToastClock::Run)
            on:focusin=move |_| on_clock.run(ToastClock::Hold)
            on:focusout=move |_| on_clock.run(ToastClock::Run)
        >
            <For each=move || toasts.get() key=|toast: &Toast| toast.clone() children=row />
        </div>
    }
}
